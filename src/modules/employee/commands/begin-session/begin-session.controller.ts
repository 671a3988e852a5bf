import { Body, Controller, HttpCode, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { DomainError } from '../../../../kernel/domain-error';
import { Public } from '../../../../platform/auth/authorize.decorator';
import { BrowserSessions } from '../../../../platform/auth/browser-sessions';
import { isOfAnotherOrigin } from '../../../../platform/auth/same-origin';
import { SessionCookie } from '../../../../platform/auth/session-cookie';
import { apiProblem } from '../../../../platform/http/problem-document';
import { BrowserSessionResponse } from '../../sessions/browser-session.response';
import { LogInRequest } from '../log-in/log-in.request';
import { BeginSession } from './begin-session.command';

@ApiTags('auth')
@Controller('auth/session')
export class BeginSessionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly sessions: BrowserSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Logs a browser in; the session cookie is not readable by scripts' })
  @ApiOkResponse({ type: BrowserSessionResponse })
  @ApiResponse(apiProblem(401, 'INVALID_CREDENTIALS'))
  @ApiResponse(apiProblem(403, 'CSRF_TOKEN_INVALID: according to the browser, the request comes from another site'))
  @ApiResponse(apiProblem(429, 'TOO_MANY_ATTEMPTS, with Retry-After; only failed logins count'))
  async handle(
    @Body() { username, password }: LogInRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BrowserSessionResponse> {
    if (isOfAnotherOrigin(request)) throw new DomainError('CSRF_TOKEN_INVALID');
    const token = await this.commands.execute(new BeginSession(username, password, request.ip ?? ''));
    const session = token === null ? null : await this.sessions.find(token);
    if (token === null || session === null) throw new DomainError('INVALID_CREDENTIALS');
    this.cookie.set(request, response, token);
    return BrowserSessionResponse.of(session);
  }
}
