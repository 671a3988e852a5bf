import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';

/** Stops a run for a while. */
export class PauseRun extends Command<{ readonly id: string; readonly state: string }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
