import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';
import { Employee } from '../entities/employee.entity';
import { Credentials } from './credentials';

export interface LoginAttempt {
  readonly username: string;
  readonly password: string;
  /** network address of the caller */
  readonly address: string;
}

/** Logins by token or session, each with its audit entry. */
@Injectable()
export class Logins {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly credentials: Credentials,
    private readonly auditLog: AuditLog,
  ) {}

  /**
   * @param grant issues the token or session, in the transaction that records the login
   * @returns null when user name or password is wrong, or the employee is locked
   * @throws DomainError `TOO_MANY_ATTEMPTS`
   */
  async attempt<Earned>(
    { username, password, address }: LoginAttempt,
    grant: (employee: Employee) => Promise<Earned>,
  ): Promise<Earned | null> {
    const employee = await this.transaction.run(() =>
      this.transaction.repository(Employee).findOne({ where: { username } }),
    );
    const passwordHash = employee?.active === true ? employee.passwordHash : null;
    // outside of a transaction, because a hundred milliseconds of hashing need no connection
    const right = await this.credentials.areValid({ passwordHash, password, username, address });
    return this.transaction.run(() => (right && employee ? this.succeed(employee, grant) : this.fail(employee)));
  }

  private async succeed<Earned>(
    found: Employee,
    grant: (employee: Employee) => Promise<Earned>,
  ): Promise<Earned | null> {
    const { id, passwordHash } = found;
    // Locks the employee, so that no token or session of the old password outlives a concurrent password change.
    const employee = await this.transaction.repository(Employee).findOne({
      where: { id, passwordHash, active: true },
      lock: { mode: 'pessimistic_read' },
    });
    if (employee === null) return this.fail(found);
    await this.record('LOGIN_SUCCEEDED', employee);
    return grant(employee);
  }

  private async fail(employee: Employee | null): Promise<null> {
    await this.record('LOGIN_FAILED', employee);
    return null;
  }

  /** Records no submitted user name, because people type passwords there. */
  private async record(action: 'LOGIN_SUCCEEDED' | 'LOGIN_FAILED', employee: Employee | null): Promise<void> {
    await this.auditLog.record({
      action,
      module: 'employee',
      outcome: action === 'LOGIN_SUCCEEDED' ? 'SUCCEEDED' : 'FAILED',
      actorId: employee?.id ?? null,
      actorRole: employee?.role ?? null,
    });
  }
}
