import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { sessionOf } from '../../../../platform/auth/browser-session';
import { BrowserSessionResponse } from '../../sessions/browser-session.response';

@ApiTags('auth')
@Controller('auth/session')
export class GetSessionController {
  /** Returns the session of the cookie, which the access guard has found. */
  @Get()
  @AnyRole()
  @ApiOkResponse({ type: BrowserSessionResponse })
  handle(@Req() request: Request): BrowserSessionResponse {
    return BrowserSessionResponse.of(sessionOf(request));
  }
}
