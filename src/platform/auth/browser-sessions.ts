import type { Actor } from './actor';

/** A browser's session, identified by a cookie. */
export interface BrowserSession {
  readonly actor: Actor;
  /** required on every non-GET request, because a browser also sends the cookie with requests from other sites */
  readonly csrfToken: string;
  /** whether the password was entered within the last minutes */
  readonly isConfirmed: boolean;
  /** end of the session if no further request is made */
  readonly idleUntil: Date;
  /** end of the session in any case */
  readonly until: Date;
}

/** Port to the sessions, so that the platform does not depend on the module that stores them. */
export abstract class BrowserSessions {
  /**
   * Returns null when the session has ended, the employee is locked, or the password has changed since the login.
   * Counts as activity.
   */
  abstract find(token: string): Promise<BrowserSession | null>;
}
