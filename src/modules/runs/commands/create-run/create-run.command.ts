import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import type { RunState } from '../../state/run-state';

/** The customers of a run: the members of a selection, or the listed customers. */
export type RunSubject = { readonly selectionId: string } | { readonly customerIds: readonly string[] };

/** Freezes the customers of a run and has each one checked. Changes no customer. */
export class CreateRun extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly subject: RunSubject,
    readonly actor: Actor,
    readonly idempotencyKey: IdempotencyKey | null = null,
  ) {
    super();
  }
}
