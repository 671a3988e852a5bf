import { Query } from '@nestjs/cqrs';
import type { RunResponse } from '../../run.response';

/** A run as it goes on, told at the caller's pace; `null` where there is no news. */
export class WatchRun extends Query<AsyncIterable<RunResponse | null>> {
  constructor(
    readonly runId: string,
    readonly hasGone: () => boolean,
    readonly mayWatch: () => Promise<boolean>,
  ) {
    super();
  }
}
