import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Logins } from '../../passwords/logins';
import { StoredSessions } from '../../sessions/stored-sessions';
import { BeginSession } from './begin-session.command';

@CommandHandler(BeginSession)
export class BeginSessionHandler implements ICommandHandler<BeginSession> {
  constructor(
    private readonly logins: Logins,
    private readonly sessions: StoredSessions,
  ) {}

  execute(command: BeginSession): Promise<string | null> {
    return this.logins.attempt(command, ({ id }) => this.sessions.begin(id));
  }
}
