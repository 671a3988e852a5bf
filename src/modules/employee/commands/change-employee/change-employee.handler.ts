import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Not } from 'typeorm';
import { DomainError } from '../../../../kernel/domain-error';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { AdvisoryLock } from '../../../../platform/database/advisory-lock';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { AuditLog } from '../../../audit';
import { EmployeeResponse } from '../../employee.response';
import { Employee } from '../../entities/employee.entity';
import { StoredSessions } from '../../sessions/stored-sessions';
import { ChangeEmployee, type EmployeeChanges } from './change-employee.command';

const FIELDS = ['displayName', 'active', 'role'] as const;

@CommandHandler(ChangeEmployee)
export class ChangeEmployeeHandler implements ICommandHandler<ChangeEmployee> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly auditLog: AuditLog,
    private readonly sessions: StoredSessions,
  ) {}

  execute({ employeeId, changes, actor }: ChangeEmployee): Promise<EmployeeResponse> {
    return this.transaction.run(async () => {
      // One at a time: two administrators who lock each other concurrently would each see the other as remaining.
      await this.transaction.execute('SELECT pg_advisory_xact_lock($1)', [AdvisoryLock.EMPLOYEE_COUNT]);
      const employee = await this.transaction.manager.findOneBy(Employee, { id: employeeId });
      if (employee === null) throw new DomainError('EMPLOYEE_NOT_FOUND');
      const changed = { ...employee, ...given(changes) };
      if (isAdministrator(employee) && !isAdministrator(changed) && !(await this.hasOtherAdministrator(employeeId)))
        throw new DomainError('LAST_ADMINISTRATOR');
      await this.save(employee, changed, actor);
      return EmployeeResponse.of(changed);
    });
  }

  private hasOtherAdministrator(id: string): Promise<boolean> {
    return this.transaction.manager.existsBy(Employee, { id: Not(id), role: Role.ADMINISTRATOR, active: true });
  }

  private async save(before: Employee, { id, displayName, active, role }: Employee, actor: Actor): Promise<void> {
    const after = { displayName, active, role };
    const fields = FIELDS.filter((field) => before[field] !== after[field]);
    if (fields.length === 0) return;
    await this.transaction.manager.update(Employee, { id }, after);
    if (!active) await this.sessions.endAllOf(id);
    await this.auditLog.record({
      action: 'EMPLOYEE_CHANGED',
      module: 'employee',
      outcome: 'SUCCEEDED',
      actorId: actor.id,
      actorRole: actor.role,
      details: { employeeId: id, fields, active, role },
    });
  }
}

const isAdministrator = ({ role, active }: Employee): boolean => role === Role.ADMINISTRATOR && active;

const given = (changes: EmployeeChanges): EmployeeChanges =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
