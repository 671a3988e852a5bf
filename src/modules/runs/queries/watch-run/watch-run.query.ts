import { Query } from '@nestjs/cqrs';
import type { RunResponse } from '../../views/run.response';

/** Streams the progress of a run at the caller's pace; `null` when nothing has changed. */
export class WatchRun extends Query<AsyncIterable<RunResponse | null>> {
  constructor(
    readonly runId: string,
    readonly hasGone: () => boolean,
    readonly mayWatch: () => Promise<boolean>,
  ) {
    super();
  }
}
