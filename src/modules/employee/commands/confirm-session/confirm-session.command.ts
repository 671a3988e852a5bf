import { Command } from '@nestjs/cqrs';

/** Records that the holder of the session has entered the password again. Returns false when it is wrong. */
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
