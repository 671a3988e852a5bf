import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { CustomerSummaries, type CustomerSummary } from '../../../customer';
import { ListSelectionMembers } from './list-selection-members.query';

@QueryHandler(ListSelectionMembers)
export class ListSelectionMembersHandler implements IQueryHandler<ListSelectionMembers> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly summaries: CustomerSummaries,
  ) {}

  async execute({ selectionId, page: { limit, cursor } }: ListSelectionMembers): Promise<Page<CustomerSummary>> {
    const [after] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    const rows = await this.transaction.run(async () => {
      const found = await this.transaction.query('SELECT FROM selection WHERE id = $1', [selectionId]);
      if (found.length === 0) throw new DomainError('SELECTION_NOT_FOUND');
      // Reads the keys of the page first, from the index alone. In one statement, the planner might join and sort all
      // members for each page.
      const members = await this.transaction.inIndexOrder(() =>
        this.transaction.query<{ id: string }>(
          `SELECT customer_id AS id FROM selection_member
         WHERE selection_id = $1 AND ($2::uuid IS NULL OR customer_id > $2) ORDER BY customer_id LIMIT $3`,
          [selectionId, after, limit + 1],
        ),
      );
      const summaries = await this.summaries.findForCustomers(members.map(({ id }) => id));
      return members.map(({ id }) => summaries.get(id)!);
    });
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }
}
