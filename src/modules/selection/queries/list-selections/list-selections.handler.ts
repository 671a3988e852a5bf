import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_ID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import type { SelectionResponse } from '../../selection.response';
import { presentSelection, SELECT_SELECTIONS, type SelectionRow } from '../selection-row';
import { ListSelections } from './list-selections.query';

@QueryHandler(ListSelections)
export class ListSelectionsHandler implements IQueryHandler<ListSelections> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ page: { limit, cursor } }: ListSelections): Promise<Page<SelectionResponse>> {
    const [before] = sortKeyOf(cursor, [CURSOR_ID]) ?? [null];
    const rows = await this.transaction.queryAlone<SelectionRow>(
      `${SELECT_SELECTIONS} WHERE $1::bigint IS NULL OR s.id < $1 ORDER BY s.id DESC LIMIT $2`,
      [before, limit + 1],
    );
    return pageOf(rows, limit, ({ id }) => [id], presentSelection);
  }
}
