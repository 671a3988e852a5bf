import { Command } from '@nestjs/cqrs';
import type { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import type { EmployeeResponse } from '../../employee.response';

interface Attributes {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly password: string;
}

/** Errors: `USERNAME_TAKEN`. */
export class CreateEmployee extends Command<EmployeeResponse> {
  constructor(
    readonly attributes: Attributes,
    readonly actor: Actor,
  ) {
    super();
  }
}
