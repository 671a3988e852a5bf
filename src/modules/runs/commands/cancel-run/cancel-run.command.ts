import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunState } from '../../run-state';

/** Ends a run before its time; who is anonymized stays so. */
export class CancelRun extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
