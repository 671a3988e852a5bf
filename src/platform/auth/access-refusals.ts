import type { Actor } from './actor';

/** A request that the policy of its route refused. The route is its pattern, because a URL may hold values. */
export interface AccessRefusal {
  readonly actor: Actor;
  readonly method: string;
  readonly route: string;
}

/** Port to the audit log. */
export abstract class AccessRefusals {
  /** Resolves when the record is committed. It is committed although the request is refused. */
  abstract record(refusal: AccessRefusal): Promise<void>;
}
