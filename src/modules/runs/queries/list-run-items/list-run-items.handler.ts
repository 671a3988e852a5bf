import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { Role } from '../../../../kernel/role';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { CustomerSummaries, type CustomerSummary } from '../../../customer';
import { ItemFindings } from './item-findings';
import { lastClearance } from '../../../anonymization';
import { RunItems } from '../../views/run-items';
import type { RunItemPageResponse, RunItemResponse } from '../../views/run.response';
import { ListRunItems } from './list-run-items.query';

@QueryHandler(ListRunItems)
export class ListRunItemsHandler implements IQueryHandler<ListRunItems> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly items: RunItems,
    private readonly findings: ItemFindings,
    private readonly summaries: CustomerSummaries,
  ) {}

  execute({ runId, request: { limit, cursor, ...selection }, actor }: ListRunItems): Promise<RunItemPageResponse> {
    const [after] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    return this.transaction.run(async () => {
      const rows = await this.items.readPage(runId, selection, after!, limit + 1);
      const shown = rows.slice(0, limit);
      const findings = await this.findings.findForItems(shown);
      const people =
        actor.role === Role.ADMINISTRATOR
          ? await this.summaries.findForCustomers(shown.map(({ customerId }) => customerId))
          : new Map();
      return pageOf(
        rows,
        limit,
        ({ customerId }) => [customerId],
        (row): RunItemResponse => ({
          ...withoutIdentity(people.get(row.customerId) as CustomerSummary | undefined),
          ...row,
          earliestPossibleOn: lastClearance(row.blockers),
          warnings: findings.get(row.customerId)?.warnings ?? [],
          effects: findings.get(row.customerId)?.effects ?? [],
        }),
      );
    });
  }
}

/** Leaves out id, number and state of the customer, which the item provides. */
function withoutIdentity(summary: CustomerSummary | undefined): Partial<CustomerSummary> {
  if (summary === undefined) return {};
  const { lastName, firstName, postalCode, city, street, phone, birthDate } = summary;
  return { lastName, firstName, postalCode, city, street, phone, birthDate };
}
