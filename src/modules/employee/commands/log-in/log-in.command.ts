import { Command } from '@nestjs/cqrs';
import type { SessionResponse } from '../../session.response';

/** Returns a token; null when user name or password is wrong, or the employee is locked. */
export class LogIn extends Command<SessionResponse | null> {
  constructor(
    readonly username: string,
    readonly password: string,
    /** network address of the caller */
    readonly address: string,
  ) {
    super();
  }
}
