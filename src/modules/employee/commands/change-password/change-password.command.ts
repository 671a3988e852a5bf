import { Command } from '@nestjs/cqrs';

/** Changes the password and ends all sessions of the employee. Returns false when the current password is wrong. */
export class ChangePassword extends Command<boolean> {
  constructor(
    readonly employeeId: string,
    readonly current: string,
    readonly next: string,
    /** network address of the caller */
    readonly address: string,
  ) {
    super();
  }
}
