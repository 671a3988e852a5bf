import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AccessTokens } from './access-token';
import { actorOf } from './actor';
import { bearerOf } from './bearer';
import { EmployeeDirectory } from './employee-directory';

/** For answers that last longer than the access guard's look at who asks. */
@Injectable()
export class LastingAccess {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly employees: EmployeeDirectory,
  ) {}

  /** The token is still valid, and its bearer an active employee in the role that the guard has let in. */
  async holds(request: Request): Promise<boolean> {
    const actor = await bearerOf(request, this.tokens, this.employees);
    return actor?.role === actorOf(request).role;
  }
}
