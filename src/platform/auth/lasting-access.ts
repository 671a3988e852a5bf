import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { actorOf } from './actor';
import { Identification } from './identification';

/** Rechecks access during responses that last long, such as event streams. */
@Injectable()
export class LastingAccess {
  constructor(private readonly identification: Identification) {}

  /** Whether the token or session is still valid, and the employee is active and has the same role as before. */
  async isStillGranted(request: Request): Promise<boolean> {
    const identity = await this.identification.identify(request);
    return identity?.actor.role === actorOf(request).role;
  }
}
