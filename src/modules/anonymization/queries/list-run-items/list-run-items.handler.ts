import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Blocker } from '../../../../kernel/blocker';
import { DomainError } from '../../../../kernel/domain-error';
import { Role } from '../../../../kernel/role';
import { Clock } from '../../../../platform/clock/clock';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { CURSOR_UUID, pageOf, sortKeyOf } from '../../../../platform/http/page';
import { CustomerSummaries, type CustomerSummary } from '../../../customer';
import { ItemFindings } from '../../preview/item-findings';
import type { ItemState } from '../../runs/run-state';
import type { RunItemPageResponse, RunItemResponse } from '../../runs/run.response';
import { ListRunItems } from './list-run-items.query';

export interface ItemRow {
  readonly customerId: string;
  readonly customerNumber: string;
  readonly state: ItemState;
  readonly blockers: Blocker[] | null;
  readonly failureCode: string | null;
}

@QueryHandler(ListRunItems)
export class ListRunItemsHandler implements IQueryHandler<ListRunItems> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly findings: ItemFindings,
    private readonly summaries: CustomerSummaries,
    private readonly clock: Clock,
  ) {}

  execute({ runId, request, actor }: ListRunItems): Promise<RunItemPageResponse> {
    return this.transaction.run(async () => {
      const rows = await this.rows(runId, request);
      const shown = rows.slice(0, request.limit);
      const findings = await this.findings.of(shown, this.clock.today());
      const people =
        actor.role === Role.ADMINISTRATOR
          ? await this.summaries.of(shown.map(({ customerId }) => customerId))
          : new Map();
      return pageOf(
        rows,
        request.limit,
        ({ customerId }) => [customerId],
        (row): RunItemResponse => ({
          ...withoutIdentity(people.get(row.customerId) as CustomerSummary | undefined),
          ...row,
          blockers: row.blockers ?? [],
          warnings: findings.get(row.customerId)?.warnings ?? [],
          effects: findings.get(row.customerId)?.effects ?? [],
        }),
      );
    });
  }

  private async rows(runId: string, { limit, cursor, state }: ListRunItems['request']): Promise<ItemRow[]> {
    const [after] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    const run = await this.transaction.query('SELECT FROM anonymization_run WHERE id = $1', [runId]);
    if (run.length === 0) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
    return this.transaction.query<ItemRow>(
      `SELECT customer_id AS "customerId", customer_number AS "customerNumber", state, blockers, failure_code AS "failureCode"
       FROM anonymization_run_item
       WHERE run_id = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR customer_id > $3)
       ORDER BY customer_id LIMIT $4`,
      [runId, state ?? null, after, limit + 1],
    );
  }
}

/** The search's columns; id, number and state of the item come from the item. */
function withoutIdentity(summary: CustomerSummary | undefined): Partial<CustomerSummary> {
  if (summary === undefined) return {};
  const { lastName, firstName, postalCode, city, street, phone, birthDate } = summary;
  return { lastName, firstName, postalCode, city, street, phone, birthDate };
}
