import { Body, Controller, HttpCode, HttpStatus, Ip, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DomainError } from '../../../../kernel/domain-error';
import { Public } from '../../../../platform/auth/authorize.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { SessionResponse } from '../../session.response';
import { LogIn } from './log-in.command';
import { LogInRequest } from './log-in.request';

@ApiTags('auth')
@Controller('auth/login')
export class LogInController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Public()
  @HttpCode(HttpStatus.OK)
  @ApiOkResponse({ type: SessionResponse })
  @ApiResponse(apiProblem(401, 'INVALID_CREDENTIALS'))
  @ApiResponse(apiProblem(429, 'TOO_MANY_ATTEMPTS, with Retry-After; only failed logins count'))
  async handle(@Body() { username, password }: LogInRequest, @Ip() address: string): Promise<SessionResponse> {
    const session = await this.commands.execute(new LogIn(username, password, address));
    if (session === null) throw new DomainError('INVALID_CREDENTIALS');
    return session;
  }
}
