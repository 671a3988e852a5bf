import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AccessTokens } from '../../../../platform/auth/access-token';
import { Logins } from '../../passwords/logins';
import { SessionResponse } from '../../session.response';
import { LogIn } from './log-in.command';

@CommandHandler(LogIn)
export class LogInHandler implements ICommandHandler<LogIn> {
  constructor(
    private readonly logins: Logins,
    private readonly tokens: AccessTokens,
  ) {}

  execute(command: LogIn): Promise<SessionResponse | null> {
    return this.logins.attempt(command, async (employee) =>
      SessionResponse.of(await this.tokens.issue(employee.id), employee),
    );
  }
}
