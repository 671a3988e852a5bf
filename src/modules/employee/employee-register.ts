import { Injectable } from '@nestjs/common';
import type { Role } from '../../kernel/role';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { newId } from '../../platform/ids';
import { AuditLog } from '../audit';

export interface NewEmployee {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
  readonly passwordHash: string;
}

/** Who added an employee; null for the product itself, at its first start. */
export type AddedBy = { readonly id: string; readonly role: Role } | null;

@Injectable()
export class EmployeeRegister {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly auditLog: AuditLog,
  ) {}

  /** Returns the id of the new employee, or null when the user name is taken. */
  async add({ username, displayName, role, passwordHash }: NewEmployee, by: AddedBy): Promise<string | null> {
    const id = newId();
    const added = await this.transaction.execute(
      `INSERT INTO employee (id, username, display_name, role, password_hash) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (username) DO NOTHING`,
      [id, username, displayName, role, passwordHash],
    );
    if (added === 0) return null;
    await this.auditLog.record({
      action: 'EMPLOYEE_CREATED',
      module: 'employee',
      outcome: 'SUCCEEDED',
      actorId: by?.id ?? null,
      actorRole: by?.role ?? null,
      details: { employeeId: id, role },
    });
    return id;
  }
}
