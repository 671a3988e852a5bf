import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { routeOf } from '../http/route';
import { AccessRefusals } from './access-refusals';
import { AccessTokens } from './access-token';
import { type Actor, setActor } from './actor';
import { allows, POLICY, type Policy } from './authorize.decorator';
import { bearerOf } from './bearer';
import { EmployeeDirectory } from './employee-directory';

/** Lets a request reach its route when the route's policy allows it; a route that declares none is refused to everybody. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly employees: EmployeeDirectory,
    private readonly refusals: AccessRefusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.get<Policy | undefined>(POLICY, context.getHandler());
    if (policy?.kind === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = await this.authenticate(request);
    setActor(request, actor);
    if (policy !== undefined && allows(policy, actor.role)) return true;
    await this.refusals.record({ actor, method: request.method, route: routeOf(request) });
    throw new DomainError('FORBIDDEN');
  }

  private async authenticate(request: Request): Promise<Actor> {
    const actor = await bearerOf(request, this.tokens, this.employees);
    if (actor === null) throw new DomainError('AUTHENTICATION_REQUIRED');
    return actor;
  }
}
