import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { StoredSessions } from '../../sessions/stored-sessions';
import { EndSession } from './end-session.command';

@CommandHandler(EndSession)
export class EndSessionHandler implements ICommandHandler<EndSession> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly sessions: StoredSessions,
  ) {}

  execute({ token }: EndSession): Promise<void> {
    return this.transaction.run(() => this.sessions.end(token));
  }
}
