import { Query } from '@nestjs/cqrs';
import type { AuditEntrySelection } from '../../audit-entries';
import type { AuditEntryResponse } from '../audit-entry.response';

/** All entries up to now, read at the caller's pace. */
export class ExportAuditEntries extends Query<AsyncIterable<AuditEntryResponse>> {
  constructor(readonly selection: AuditEntrySelection) {
    super();
  }
}
