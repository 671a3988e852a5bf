import { Command } from '@nestjs/cqrs';
import type { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import type { EmployeeResponse } from '../../employee.response';

/** Undefined fields are not changed. */
export interface EmployeeChanges {
  readonly displayName?: string;
  readonly active?: boolean;
  readonly role?: Role;
}

/** Errors: `EMPLOYEE_NOT_FOUND`, `LAST_ADMINISTRATOR`. */
export class ChangeEmployee extends Command<EmployeeResponse> {
  constructor(
    readonly employeeId: string,
    readonly changes: EmployeeChanges,
    readonly actor: Actor,
  ) {
    super();
  }
}
