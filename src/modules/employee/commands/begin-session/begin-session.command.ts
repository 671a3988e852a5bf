import { Command } from '@nestjs/cqrs';

/** Returns the token of the new session; null when user name or password is wrong, or the employee is locked. */
export class BeginSession extends Command<string | null> {
  constructor(
    readonly username: string,
    readonly password: string,
    /** network address of the caller */
    readonly address: string,
  ) {
    super();
  }
}
