import type { Actor } from './actor';

/** A session that a browser holds by a cookie. */
export interface BrowserSession {
  readonly actor: Actor;
  /** what every request that changes something has to bring along, since a cookie is also sent by pages of others */
  readonly csrfToken: string;
  /** whether the password was given within the last minutes */
  readonly isConfirmed: boolean;
  /** without another request it ends then */
  readonly idleUntil: Date;
  /** it ends then, whatever happens */
  readonly until: Date;
}

/** Port to the sessions, so that the platform need not know the module that keeps them. */
export abstract class BrowserSessions {
  /**
   * Null when the session has ended, the employee is locked, or the password was changed since it was given. Counts as
   * being there.
   */
  abstract find(token: string): Promise<BrowserSession | null>;
}
