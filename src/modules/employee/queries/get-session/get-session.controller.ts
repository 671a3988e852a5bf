import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { sessionOf } from '../../../../platform/auth/browser-session';
import { BrowserSessionResponse } from '../../sessions/browser-session.response';

@ApiTags('auth')
@Controller('auth/session')
export class GetSessionController {
  /** The session of the cookie, as found by the access guard. */
  @Get()
  @AnyRole()
  @ApiOkResponse({ type: BrowserSessionResponse })
  handle(@Req() request: Request): BrowserSessionResponse {
    return BrowserSessionResponse.of(sessionOf(request));
  }
}
