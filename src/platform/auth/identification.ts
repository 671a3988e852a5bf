import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import { AccessTokens } from './access-token';
import type { Actor } from './actor';
import { type BrowserSession, BrowserSessions } from './browser-sessions';
import { EmployeeDirectory } from './employee-directory';
import { changesSomething, isOfAnotherOrigin } from './same-origin';
import { SessionCookie } from './session-cookie';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** The actor of a request, and how it was authenticated. */
export interface Identity {
  readonly actor: Actor;
  /** null when the request has a token, as programs use it */
  readonly session: BrowserSession | null;
}

/** Authenticates a request by its token, or else by the browser session of its cookie. */
@Injectable()
export class Identification {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly employees: EmployeeDirectory,
    private readonly sessions: BrowserSessions,
    private readonly cookie: SessionCookie,
  ) {}

  /**
   * Returns null for an unauthenticated request.
   *
   * @throws DomainError `CSRF_TOKEN_INVALID` for a non-GET request of a session that does not prove that the portal
   *   sent it
   */
  async identify(request: Request): Promise<Identity | null> {
    if (request.get('Authorization') !== undefined) {
      const actor = await this.bearerOf(request);
      return actor && { actor, session: null };
    }
    const token = this.cookie.tokenOf(request);
    const session = token === undefined ? null : await this.sessions.find(token);
    if (session === null) return null;
    if (changesSomething(request) && (isOfAnotherOrigin(request) || !hasToken(request, session)))
      throw new DomainError('CSRF_TOKEN_INVALID');
    return { actor: session.actor, session };
  }

  private async bearerOf(request: Request): Promise<Actor | null> {
    const token = BEARER.exec(request.get('Authorization') ?? '')?.[1];
    const bearer = token === undefined ? null : await this.tokens.verify(token);
    return bearer && this.employees.findActive(bearer.employeeId, bearer.issuedAt);
  }
}

function hasToken(request: Request, { csrfToken }: BrowserSession): boolean {
  const [given, expected] = [Buffer.from(request.get('X-CSRF-Token') ?? ''), Buffer.from(csrfToken)];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
