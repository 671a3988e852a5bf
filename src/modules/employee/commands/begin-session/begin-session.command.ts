import { Command } from '@nestjs/cqrs';

/** Begins a session and returns its token; null when user name or password is wrong, or the employee is locked. */
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
