import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunState } from '../../state/run-state';

/** Pauses a run. */
export class PauseRun extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
