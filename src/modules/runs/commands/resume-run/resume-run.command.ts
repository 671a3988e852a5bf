import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';

/** Goes on with a paused run. */
export class ResumeRun extends Command<{ readonly id: string; readonly state: string }> {
  constructor(
    readonly runId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
