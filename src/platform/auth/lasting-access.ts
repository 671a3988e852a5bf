import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { actorOf } from './actor';
import { Identification } from './identification';

/** For answers that last longer than the access guard's look at who asks. */
@Injectable()
export class LastingAccess {
  constructor(private readonly identification: Identification) {}

  /**
   * Token or session are still valid, and whoever has them is an active employee in the role that the guard has let in.
   */
  async holds(request: Request): Promise<boolean> {
    const identity = await this.identification.of(request);
    return identity?.actor.role === actorOf(request).role;
  }
}
