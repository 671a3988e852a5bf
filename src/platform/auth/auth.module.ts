import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access.guard';
import { AccessTokens } from './access-token';
import { LastingAccess } from './lasting-access';

/** Guards every route. `EmployeeDirectory` and `AccessRefusals` come from the module that keeps the employees. */
@Global()
@Module({
  providers: [AccessTokens, LastingAccess, { provide: APP_GUARD, useClass: AccessGuard }],
  exports: [AccessTokens, LastingAccess],
})
export class AuthModule {}
