import { Module } from '@nestjs/common';
import { AccessTokens } from './access-token';
import { LetheConfig } from '../config/lethe-config';
import { SessionCookie } from './session-cookie';

/**
 * Tokens and cookies. The module that stores the employees provides `EmployeeDirectory`, `BrowserSessions` and
 * `AccessRefusals`, and guards every route with the `AccessGuard`.
 */
@Module({
  providers: [
    AccessTokens,
    {
      provide: SessionCookie,
      inject: [LetheConfig],
      useFactory: (config: LetheConfig) => new SessionCookie(config.publicUrl),
    },
  ],
  exports: [AccessTokens, SessionCookie],
})
export class AuthModule {}
