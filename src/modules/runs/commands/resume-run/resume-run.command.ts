import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunState } from '../../state/run-state';

/** Resumes a paused run. */
export class ResumeRun extends Command<{ readonly id: string; readonly state: RunState }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
