import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { routeOf } from '../http/route';
import { AccessRefusals } from './access-refusals';
import { setActor } from './actor';
import { allows, POLICY, type Policy } from './authorize.decorator';
import { setSession } from './browser-session';
import { Identification, type Identity } from './identification';
import { KnownCallers } from './known-callers';
import { CONFIRMED } from './needs-confirmation.decorator';

/** Admits a request when the route's policy allows it. Refuses every request to a route without a policy. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identification: Identification,
    private readonly refusals: AccessRefusals,
    private readonly known: KnownCallers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const policy = this.reflector.get<Policy | undefined>(POLICY, context.getHandler());
    if (policy?.kind === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { actor, session } = await this.authenticate(request);
    setActor(request, actor);
    setSession(request, session);
    if (policy !== undefined && allows(policy, actor.role)) {
      const needsConfirmation = this.reflector.get<boolean | undefined>(CONFIRMED, context.getHandler()) === true;
      if (needsConfirmation && session?.isConfirmed === false) throw new DomainError('REAUTHENTICATION_REQUIRED');
      return true;
    }
    await this.refusals.record({ actor, method: request.method, route: routeOf(request) });
    throw new DomainError('FORBIDDEN');
  }

  private async authenticate(request: Request): Promise<Identity> {
    const identity = await this.identification.identify(request);
    if (identity === null) throw new DomainError('AUTHENTICATION_REQUIRED');
    this.known.remember(request, identity.actor.id);
    return identity;
  }
}
