import { Command } from '@nestjs/cqrs';

/** Records that the owner of the session has entered the password again. Returns false when the password is wrong. */
export class ConfirmSession extends Command<boolean> {
  constructor(
    readonly employeeId: string,
    readonly token: string,
    readonly password: string,
    /** network address of the caller */
    readonly address: string,
  ) {
    super();
  }
}
