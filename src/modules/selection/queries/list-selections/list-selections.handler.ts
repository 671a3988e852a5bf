import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_ID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import type { SelectionResponse } from '../../selection.response';
import { ListSelections } from './list-selections.query';

type SelectionRow = Omit<SelectionResponse, 'createdAt'> & { readonly createdAt: Date };

@QueryHandler(ListSelections)
export class ListSelectionsHandler implements IQueryHandler<ListSelections> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ page: { limit, cursor } }: ListSelections): Promise<Page<SelectionResponse>> {
    const [before] = sortKeyOf(cursor, [CURSOR_ID]) ?? [null];
    const rows = await this.transaction.run(() =>
      this.transaction.query<SelectionRow>(
        `SELECT s.id, s.name, s.created_at AS "createdAt",
           (SELECT count(*)::int FROM selection_member m WHERE m.selection_id = s.id) AS "memberCount"
         FROM selection s WHERE $1::bigint IS NULL OR s.id < $1 ORDER BY s.id DESC LIMIT $2`,
        [before, limit + 1],
      ),
    );
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => ({ ...row, createdAt: row.createdAt.toISOString() }),
    );
  }
}
