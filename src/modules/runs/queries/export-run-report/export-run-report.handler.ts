import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { type RunItem, RunItems } from '../../views/run-items';
import { RunQueries } from '../../views/run-queries';
import { ExportRunReport } from './export-run-report.query';

@QueryHandler(ExportRunReport)
export class ExportRunReportHandler implements IQueryHandler<ExportRunReport> {
  constructor(
    private readonly runs: RunQueries,
    private readonly items: RunItems,
  ) {}

  async execute({ runId }: ExportRunReport): Promise<AsyncIterable<RunItem>> {
    const state = await this.runs.stateOf(runId);
    if (state === 'PREVIEWING') throw new DomainError('RUN_STATE_CONFLICT', { state });
    return this.items.readAll(runId);
  }
}
