import { Body, Controller, HttpCode, HttpStatus, Ip, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '../../../../kernel/domain-error';
import { AccessTokens } from '../../../../platform/auth/access-token';
import type { Actor } from '../../../../platform/auth/actor';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { SessionResponse } from '../../session.response';
import { ChangePassword } from './change-password.command';
import { ChangePasswordRequest } from './change-password.request';

@ApiTags('auth')
@Controller('auth/password')
export class ChangePasswordController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tokens: AccessTokens,
  ) {}

  /** All tokens issued so far become invalid; the answer brings a new one, so that the session of whoever changed it goes on. */
  @Post()
  @AnyRole()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SessionResponse })
  @ApiResponse(apiProblem(401, 'AUTHENTICATION_REQUIRED, or INVALID_CREDENTIALS when the current password is wrong'))
  @ApiResponse(apiProblem(429, 'TOO_MANY_ATTEMPTS, with Retry-After; only wrong passwords count'))
  async handle(
    @Body() { current, next }: ChangePasswordRequest,
    @CurrentEmployee() actor: Actor,
    @Ip() address: string,
  ): Promise<SessionResponse> {
    const changed = await this.commands.execute(new ChangePassword(actor.id, current, next, address));
    if (!changed) throw new DomainError('INVALID_CREDENTIALS');
    return SessionResponse.of(await this.tokens.issue(actor.id), actor);
  }
}
