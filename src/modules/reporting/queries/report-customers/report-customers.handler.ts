import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { BRANCHES, COST_BEARERS } from '../../../branch';
import { CUSTOMERS, INSURANCE_MEMBERSHIPS } from '../../../customer';
import type { CountReportResponse } from '../../count-report.response';
import { ReportCustomers } from './report-customers.query';
import type { CustomerGroup } from './report-customers.request';

/** SELECTs of (key, customer_id). An anonymization keeps branch and memberships. */
const MEMBERSHIPS: Record<CustomerGroup, string> = {
  branch: `SELECT b.code AS key, c.id AS customer_id FROM ${CUSTOMERS} c JOIN ${BRANCHES} b ON b.id = c.branch_id`,
  costBearer: `SELECT b.ik AS key, m.customer_id
    FROM ${INSURANCE_MEMBERSHIPS} m JOIN ${COST_BEARERS} b ON b.id = m.cost_bearer_id`,
};

interface CountRow {
  /** null in the row of the total */
  readonly key: string | null;
  readonly count: number;
}

@QueryHandler(ReportCustomers)
export class ReportCustomersHandler implements IQueryHandler<ReportCustomers> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ groupBy }: ReportCustomers): Promise<CountReportResponse> {
    const rows = await this.transaction.queryAlone<CountRow>(
      `SELECT key, count(DISTINCT customer_id)::int AS count FROM (${MEMBERSHIPS[groupBy]}) AS membership
         GROUP BY GROUPING SETS ((key), ()) ORDER BY key COLLATE "C"`,
    );
    return {
      items: rows.flatMap(({ key, count }) => (key === null ? [] : [{ key, count }])),
      total: rows.find(({ key }) => key === null)?.count ?? 0,
    };
  }
}
