import { Controller, Delete, HttpCode, HttpStatus, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { sessionOf } from '../../../../platform/auth/browser-session';
import { SessionCookie } from '../../../../platform/auth/session-cookie';
import { EndSession } from './end-session.command';

@ApiTags('auth')
@Controller('auth/session')
export class EndSessionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly cookie: SessionCookie,
  ) {}

  @Delete()
  @AnyRole()
  @HttpCode(HttpStatus.NO_CONTENT)
  @ApiNoContentResponse()
  async handle(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    sessionOf(request);
    await this.commands.execute(new EndSession(this.cookie.tokenOf(request)!));
    this.cookie.clear(request, response);
  }
}
