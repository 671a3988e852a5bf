import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { AuditEntries } from '../../audit-entries';
import type { AuditEntryResponse } from '../audit-entry.response';
import { ListAuditEntries } from './list-audit-entries.query';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

@QueryHandler(ListAuditEntries)
export class ListAuditEntriesHandler implements IQueryHandler<ListAuditEntries> {
  constructor(private readonly entries: AuditEntries) {}

  async execute({ selection, limit, cursor }: ListAuditEntries): Promise<Page<AuditEntryResponse>> {
    const [occurredAt, id] = sortKeyOf(cursor, [INSTANT, CURSOR_UUID]) ?? [];
    const after = occurredAt !== undefined && id !== undefined ? { occurredAt, id } : null;
    const entries = await this.entries.page(selection, after, limit + 1);
    return pageOf(
      entries,
      limit,
      (entry) => [entry.occurredAt, entry.id],
      (entry) => entry,
    );
  }
}
