import { Query } from '@nestjs/cqrs';
import type { RunItem } from '../../run-items';

/**
 * The customers of a run to be read at the caller's pace: the verdicts before the run, what came of each at its end.
 */
export class ExportRunReport extends Query<AsyncIterable<RunItem>> {
  constructor(readonly runId: string) {
    super();
  }
}
