import type { Request } from 'express';
import { DomainError } from '../../kernel/domain-error';
import type { BrowserSession } from './browser-sessions';

type WithSession = Request & { browserSession?: BrowserSession | null };

export function setSession(request: Request, session: BrowserSession | null): void {
  (request as WithSession).browserSession = session;
}

/** Whether a cookie authenticated the request. A cookie next to a token is ignored. */
export const hasSession = (request: Request): boolean => Boolean((request as WithSession).browserSession);

/**
 * The session whose cookie authenticated the request.
 *
 * @throws DomainError `AUTHENTICATION_REQUIRED` when the request has a token instead
 */
export function sessionOf(request: Request): BrowserSession {
  const { browserSession } = request as WithSession;
  if (browserSession === undefined) throw new Error('The access guard has not run');
  if (browserSession === null) throw new DomainError('AUTHENTICATION_REQUIRED');
  return browserSession;
}
