import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunState } from '../../state/run-state';

/** Cancels a run; anonymized customers stay anonymized. */
export class CancelRun extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
