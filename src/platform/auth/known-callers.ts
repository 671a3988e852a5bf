import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';

/** How long a caller stays known after the last request that the access guard admitted. */
const REMEMBERED_MS = 15 * 60 * 1000;
const MAX_REMEMBERED_CALLERS = 10_000;

interface Caller {
  readonly employeeId: string;
  readonly until: number;
}

/**
 * Callers who were recently signed in, by the digest of token or cookie. A busy process admits them before unknown
 * callers. Nothing else depends on this: the access guard checks every request again.
 */
@Injectable()
export class KnownCallers {
  /** Oldest first. */
  private readonly callers = new Map<string, Caller>();

  remember(request: Request, employeeId: string): void {
    const key = credentialOf(request);
    if (key === null) return;
    this.callers.delete(key);
    if (this.callers.size >= MAX_REMEMBERED_CALLERS) this.callers.delete(this.callers.keys().next().value!);
    this.callers.set(key, { employeeId, until: performance.now() + REMEMBERED_MS });
  }

  employeeOf(request: Request): string | null {
    const key = credentialOf(request);
    const caller = key === null ? undefined : this.callers.get(key);
    return caller !== undefined && caller.until > performance.now() ? caller.employeeId : null;
  }
}

function credentialOf(request: Request): string | null {
  const { authorization, cookie } = request.headers;
  const credential = authorization ?? cookie;
  return credential === undefined ? null : createHash('sha256').update(credential).digest('base64');
}
