import { Command } from '@nestjs/cqrs';

/** Notes that the holder of the session has given the password again; false: it is wrong. */
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
