import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../../platform/http/page';
import type { AuditEntrySelection } from '../../audit-entries';
import type { AuditEntryResponse } from '../audit-entry.response';

export class ListAuditEntries extends Query<Page<AuditEntryResponse>> {
  constructor(
    readonly selection: AuditEntrySelection,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}
