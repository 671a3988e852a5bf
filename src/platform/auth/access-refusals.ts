import type { Actor } from './actor';

/** A request that a route's policy refused. `route` is the route pattern, because a URL may contain personal values. */
export interface AccessRefusal {
  readonly actor: Actor;
  readonly method: string;
  readonly route: string;
}

/** Port to the audit log. */
export abstract class AccessRefusals {
  /** Records the refusal in a transaction of its own, which commits although the request is refused. */
  abstract record(refusal: AccessRefusal): Promise<void>;
}
