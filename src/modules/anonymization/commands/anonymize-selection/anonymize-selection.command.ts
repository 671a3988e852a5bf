import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { IdempotencyKey } from '../../idempotency/idempotency-key';
import type { Justification } from '../../saga/causes';
import type { RunState } from '../../runs/run-state';

/**
 * Starts a previewed run; irreversible. `confirmation` must be the run's `ready` count. Only customers that the preview called READY are ever
 * touched, each judged again under lock.
 */
export class AnonymizeSelection extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly runId: string,
    readonly confirmation: number,
    readonly justification: Justification,
    readonly actor: Actor,
    readonly idempotencyKey: IdempotencyKey | null = null,
  ) {
    super();
  }
}
