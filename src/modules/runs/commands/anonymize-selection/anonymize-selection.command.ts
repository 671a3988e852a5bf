import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import type { Justification } from '../../../anonymization';
import type { RunState } from '../../state/run-state';

/**
 * Starts a previewed run, irreversibly. `confirmation` must be the run's `ready` count. Only customers with the verdict
 * READY are anonymized, and each one is checked again under lock.
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
