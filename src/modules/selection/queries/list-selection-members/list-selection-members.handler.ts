import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../../kernel/domain-error';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { NIL_UUID } from '../../../../platform/ids';
import { CustomerSummaries, type CustomerSummary } from '../../../customer';
import { findMembersAfter, findSelectionName } from '../find-selections.queries';
import { ListSelectionMembers } from './list-selection-members.query';

@QueryHandler(ListSelectionMembers)
export class ListSelectionMembersHandler implements IQueryHandler<ListSelectionMembers> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly summaries: CustomerSummaries,
  ) {}

  async execute({ selectionId, page: { limit, cursor } }: ListSelectionMembers): Promise<Page<CustomerSummary>> {
    const [after = NIL_UUID] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [];
    const rows = await this.transaction.run(async () => {
      if ((await findSelectionName(this.transaction, selectionId)) === undefined)
        throw new DomainError('SELECTION_NOT_FOUND');
      const members = await findMembersAfter(this.transaction, selectionId, after, limit + 1);
      const summaries = await this.summaries.findForCustomers(members);
      return members.map((id) => summaries.get(id)!);
    });
    return pageOf(
      rows,
      limit,
      ({ id }) => [id],
      (row) => row,
    );
  }
}
