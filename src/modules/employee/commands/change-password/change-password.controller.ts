import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { DomainError } from '../../../../kernel/domain-error';
import { AccessTokens } from '../../../../platform/auth/access-token';
import type { Actor } from '../../../../platform/auth/actor';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { hasSession } from '../../../../platform/auth/browser-session';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { SessionCookie } from '../../../../platform/auth/session-cookie';
import { apiProblem } from '../../../../platform/http/problem-document';
import { StoredSessions } from '../../sessions/stored-sessions';
import { SessionResponse } from '../../session.response';
import { ChangePassword } from './change-password.command';
import { ChangePasswordRequest } from './change-password.request';

@ApiTags('auth')
@Controller('auth/password')
export class ChangePasswordController {
  constructor(
    private readonly commands: CommandBus,
    private readonly tokens: AccessTokens,
    private readonly sessions: StoredSessions,
    private readonly cookie: SessionCookie,
  ) {}

  /**
   * Invalidates all earlier tokens and sessions, except the session of this request. For programs, the response
   * contains a new token.
   */
  @Post()
  @AnyRole()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SessionResponse })
  @ApiResponse(apiProblem(401, 'AUTHENTICATION_REQUIRED, or INVALID_CREDENTIALS when the current password is wrong'))
  @ApiResponse(apiProblem(429, 'TOO_MANY_ATTEMPTS, with Retry-After; only wrong passwords count'))
  async handle(
    @Body() { current, next }: ChangePasswordRequest,
    @CurrentEmployee() actor: Actor,
    @Req() request: Request,
  ): Promise<SessionResponse> {
    const changed = await this.commands.execute(new ChangePassword(actor.id, current, next, request.ip ?? ''));
    if (!changed) throw new DomainError('INVALID_CREDENTIALS');
    if (hasSession(request)) await this.sessions.renew(this.cookie.tokenOf(request)!);
    return SessionResponse.of(await this.tokens.issue(actor.id), actor);
  }
}
