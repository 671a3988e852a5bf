import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { Employee } from '../../entities/employee.entity';
import { Logins } from '../../passwords/logins';
import { StoredSessions } from '../../sessions/stored-sessions';
import { ConfirmSession } from './confirm-session.command';

@CommandHandler(ConfirmSession)
export class ConfirmSessionHandler implements ICommandHandler<ConfirmSession> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly logins: Logins,
    private readonly sessions: StoredSessions,
  ) {}

  async execute({ employeeId, token, password, address }: ConfirmSession): Promise<boolean> {
    const { username } = await this.transaction.run(() =>
      this.transaction.manager.findOneByOrFail(Employee, { id: employeeId }),
    );
    try {
      const earned = await this.logins.attempt({ username, password, address }, async () => {
        await this.sessions.confirm(token);
        return true;
      });
      return earned ?? false;
    } catch (error) {
      // guessing at an unlocked screen ends the session
      if (error instanceof DomainError && error.code === 'TOO_MANY_ATTEMPTS')
        await this.transaction.run(() => this.sessions.end(token));
      throw error;
    }
  }
}
