import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { AccessTokens } from './access-token';
import { LetheConfig } from '../config/lethe-config';
import { Identification } from './identification';
import { LastingAccess } from './lasting-access';
import { SessionCookie } from './session-cookie';

/**
 * Guards every route. The module that stores the employees provides `EmployeeDirectory`, `BrowserSessions` and
 * `AccessRefusals`.
 */
@Global()
@Module({
  providers: [
    AccessTokens,
    Identification,
    LastingAccess,
    {
      provide: SessionCookie,
      inject: [LetheConfig],
      useFactory: (config: LetheConfig) => new SessionCookie(config.publicUrl),
    },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessTokens, LastingAccess, SessionCookie],
})
export class AuthModule {}
