import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { type CustomerSummary, SELECT_CUSTOMER_SUMMARY } from '../../../customer';
import { ListSelectionMembers } from './list-selection-members.query';

@QueryHandler(ListSelectionMembers)
export class ListSelectionMembersHandler implements IQueryHandler<ListSelectionMembers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ selectionId, page: { limit, cursor } }: ListSelectionMembers): Promise<Page<CustomerSummary>> {
    const [after] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    const rows = await this.transaction.run(async () => {
      const found = await this.transaction.query('SELECT FROM selection WHERE id = $1', [selectionId]);
      if (found.length === 0) throw new DomainError('SELECTION_NOT_FOUND');
      return this.transaction.query<CustomerSummary>(
        `${SELECT_CUSTOMER_SUMMARY} JOIN selection_member m ON m.customer_id = c.id
         WHERE m.selection_id = $1 AND ($2::uuid IS NULL OR m.customer_id > $2) ORDER BY m.customer_id LIMIT $3`,
        [selectionId, after, limit + 1],
      );
    });
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }
}
