import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccessTokens } from '../../../../platform/auth/access-token';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { AuditLog } from '../../../audit';
import { Employee } from '../../entities/employee.entity';
import { Credentials } from '../../passwords/credentials';
import { SessionResponse } from '../../session.response';
import { LogIn } from './log-in.command';

@CommandHandler(LogIn)
export class LogInHandler implements ICommandHandler<LogIn> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly credentials: Credentials,
    private readonly auditLog: AuditLog,
    private readonly tokens: AccessTokens,
  ) {}

  async execute({ username, password, address }: LogIn): Promise<SessionResponse | null> {
    const employee = await this.transaction.run(() =>
      this.transaction.manager.findOne(Employee, { where: { username } }),
    );
    const passwordHash = employee?.active === true ? employee.passwordHash : null;
    // outside of a transaction: a hundred milliseconds of hashing need no connection
    const right = await this.credentials.areRight({ passwordHash, password, username, address });
    return this.transaction.run(() => (right && employee ? this.succeed(employee) : this.fail(employee)));
  }

  private async succeed(found: Employee): Promise<SessionResponse | null> {
    const { id, passwordHash } = found;
    // Locked, so that a password changed meanwhile is not outlived by a token that the old one has earned.
    const employee = await this.transaction.manager.findOne(Employee, {
      where: { id, passwordHash, active: true },
      lock: { mode: 'pessimistic_read' },
    });
    if (employee === null) return this.fail(found);
    await this.record('LOGIN_SUCCEEDED', employee);
    return SessionResponse.of(await this.tokens.issue(id), employee);
  }

  private async fail(employee: Employee | null): Promise<null> {
    await this.record('LOGIN_FAILED', employee);
    return null;
  }

  /** Never what was typed as the user name: people type passwords there. */
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
