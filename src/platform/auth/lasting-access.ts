import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { actorOf } from './actor';
import { Identification } from './identification';

/** Rechecks access for responses that last longer than the check of the access guard. */
@Injectable()
export class LastingAccess {
  constructor(private readonly identification: Identification) {}

  /** Whether token or session are still valid, and the employee is still active in the role that the guard admitted. */
  async holds(request: Request): Promise<boolean> {
    const identity = await this.identification.of(request);
    return identity?.actor.role === actorOf(request).role;
  }
}
