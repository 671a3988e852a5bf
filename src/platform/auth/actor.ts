import type { Request } from 'express';
import type { Role } from '../../kernel/role';

/** The employee on whose behalf a request acts. */
export interface Actor {
  readonly id: string;
  readonly displayName: string;
  readonly role: Role;
}

type WithActor = Request & { actor?: Actor };

/** The actor that the access guard has set. The guard refuses requests to routes without a policy. */
export function actorOf(request: Request): Actor {
  const { actor } = request as WithActor;
  if (actor === undefined) throw new Error('The access guard has not run');
  return actor;
}

export function setActor(request: Request, actor: Actor): void {
  (request as WithActor).actor = actor;
}

/** For the request log, which also sees requests without an actor. */
export const actorIdOf = (request: Request): string | null => (request as WithActor).actor?.id ?? null;
