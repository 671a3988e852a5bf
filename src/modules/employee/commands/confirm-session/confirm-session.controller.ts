import { Body, Controller, HttpCode, HttpStatus, Post, Req } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { DomainError } from '../../../../kernel/domain-error';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { sessionOf } from '../../../../platform/auth/browser-session';
import { SessionCookie } from '../../../../platform/auth/session-cookie';
import { apiProblem } from '../../../../platform/http/problem-document';
import { BrowserSessionResponse } from '../../sessions/browser-session.response';
import { ConfirmSession } from './confirm-session.command';
import { ConfirmSessionRequest } from './confirm-session.request';

@ApiTags('auth')
@Controller('auth/session/confirmation')
export class ConfirmSessionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @AnyRole()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Confirms the password for irreversible actions; valid for five minutes' })
  @ApiOkResponse({ type: BrowserSessionResponse })
  @ApiResponse(apiProblem(401, 'INVALID_CREDENTIALS; AUTHENTICATION_REQUIRED: no session, or a token'))
  @ApiResponse(apiProblem(429, 'TOO_MANY_ATTEMPTS: the session has ended'))
  async handle(@Body() { password }: ConfirmSessionRequest, @Req() request: Request): Promise<BrowserSessionResponse> {
    const session = sessionOf(request);
    const token = this.cookie.tokenOf(request)!;
    const command = new ConfirmSession(session.actor.id, token, password, request.ip ?? '');
    if (!(await this.commands.execute(command))) throw new DomainError('INVALID_CREDENTIALS');
    return BrowserSessionResponse.of({ ...session, isConfirmed: true });
  }
}
