import { Injectable } from '@nestjs/common';
import { Role } from '../../kernel/role';
import { LetheConfig } from '../../platform/config/lethe-config';
import { AdvisoryLock } from '../../platform/database/advisory-lock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { EmployeeRegister } from './employee-register';
import { Passwords } from './passwords/passwords';

const FIRST_EMPLOYEES = [
  { username: 'admin', displayName: 'Administrator', role: Role.ADMINISTRATOR },
  { username: 'employee', displayName: 'Mitarbeiter', role: Role.EMPLOYEE },
  { username: 'compliance', displayName: 'Compliance', role: Role.COMPLIANCE },
] as const;

export interface BootstrapResult {
  readonly created: boolean;
  /**
   * Generated password of the three employees, to be shown once; null when it was configured or nothing was created.
   */
  readonly randomPassword: string | null;
}

/**
 * Creates the first three employees in an empty database. When several processes start at once, one creates them and
 * the others find them.
 */
@Injectable()
export class BootstrapEmployees {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly register: EmployeeRegister,
    private readonly passwords: Passwords,
    private readonly config: LetheConfig,
  ) {}

  async createFirstEmployees(): Promise<BootstrapResult> {
    const nothing = { created: false, randomPassword: null };
    if (await this.transaction.run(() => this.hasEmployees())) return nothing;
    const password = this.config.bootstrapPassword ?? this.passwords.random();
    const employees = await Promise.all(
      FIRST_EMPLOYEES.map(async (employee) => ({ ...employee, passwordHash: await this.passwords.hash(password) })),
    );
    const created = await this.transaction.run(async () => {
      await this.transaction.execute('SELECT pg_advisory_xact_lock($1)', [AdvisoryLock.EMPLOYEE_COUNT]);
      if (await this.hasEmployees()) return false;
      for (const employee of employees) await this.register.add(employee, null);
      return true;
    });
    if (!created) return nothing;
    return { created, randomPassword: this.config.bootstrapPassword === undefined ? password : null };
  }

  private async hasEmployees(): Promise<boolean> {
    const row = await this.transaction.one<{ any: boolean }>('SELECT EXISTS (SELECT FROM employee) AS any');
    return row.any;
  }
}
