import { Query } from '@nestjs/cqrs';
import type { RunItem } from '../../views/run-items';

/** Streams the customers of a run at the caller's pace: verdicts before the run, outcomes after it. */
export class ExportRunReport extends Query<AsyncIterable<RunItem>> {
  constructor(readonly runId: string) {
    super();
  }
}
