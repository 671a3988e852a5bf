import { Command } from '@nestjs/cqrs';

/** The token of the new session; null: user name or password is wrong, or the employee is locked. */
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
