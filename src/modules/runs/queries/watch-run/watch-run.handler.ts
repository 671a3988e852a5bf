import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { RunWatch } from '../../views/run-watch';
import type { RunResponse } from '../../views/run.response';
import { WatchRun } from './watch-run.query';

@QueryHandler(WatchRun)
export class WatchRunHandler implements IQueryHandler<WatchRun> {
  constructor(private readonly runs: RunWatch) {}

  execute({ runId, hasGone, mayWatch }: WatchRun): Promise<AsyncIterable<RunResponse | null>> {
    return Promise.resolve(this.runs.watch(runId, hasGone, mayWatch));
  }
}
