import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Clock } from '../../../../platform/clock/clock';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { AuditLog } from '../../../audit';
import { Employee } from '../../entities/employee.entity';
import { Credentials } from '../../passwords/credentials';
import { ChangePassword } from './change-password.command';

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly credentials: Credentials,
    private readonly auditLog: AuditLog,
    private readonly clock: Clock,
  ) {}

  async execute({ employeeId, current, next, address }: ChangePassword): Promise<boolean> {
    const employee = await this.transaction.run(() =>
      this.transaction.repository(Employee).findOneByOrFail({ id: employeeId }),
    );
    const { username, passwordHash } = employee;
    if (!(await this.credentials.areValid({ passwordHash, password: current, username, address }))) return false;
    const nextHash = await this.credentials.hash(next);
    return this.transaction.run(() => this.replace(employee, nextHash));
  }

  /** Returns false when the password has changed in the meantime, so that the submitted current password is wrong. */
  private async replace({ id, role, passwordHash }: Employee, nextHash: string): Promise<boolean> {
    // Locks the row before it reads the clock. A concurrent login has issued its token by then, so that token is older
    // than the change.
    const locked = await this.transaction.repository(Employee).findOne({
      where: { id, passwordHash },
      lock: { mode: 'pessimistic_write' },
    });
    if (locked === null) return false;
    await this.transaction
      .repository(Employee)
      .update({ id }, { passwordHash: nextHash, passwordChangedAt: this.clock.now() });
    await this.auditLog.record({
      action: 'EMPLOYEE_CHANGED',
      module: 'employee',
      outcome: 'SUCCEEDED',
      actorId: id,
      actorRole: role,
      details: { employeeId: id, fields: ['password'] },
    });
    return true;
  }
}
