import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Clock } from '../../../../platform/clock/clock';
import { AuditEntries } from '../../audit-entries';
import type { AuditEntryResponse } from '../audit-entry.response';
import { ExportAuditEntries } from './export-audit-entries.query';

@QueryHandler(ExportAuditEntries)
export class ExportAuditEntriesHandler implements IQueryHandler<ExportAuditEntries> {
  constructor(
    private readonly entries: AuditEntries,
    private readonly clock: Clock,
  ) {}

  /** Sets an upper bound: without it, an export in ascending order would continue as long as the log grows. */
  execute({ selection }: ExportAuditEntries): Promise<AsyncIterable<AuditEntryResponse>> {
    return Promise.resolve(this.entries.all({ ...selection, to: selection.to ?? this.clock.now() }));
  }
}
