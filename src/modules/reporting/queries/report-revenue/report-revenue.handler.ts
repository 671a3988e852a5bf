import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { BRANCHES, COST_BEARERS } from '../../../branch';
import { INVOICES } from '../../../finance';
import { ReportRevenue } from './report-revenue.query';
import type { RevenueGroup } from './report-revenue.request';
import type { RevenueFigures, RevenueItem, RevenueReportResponse } from './report-revenue.response';

/** The driver returns `bigint` sums as text. */
type RevenueRow = { readonly key: string | null } & Readonly<Record<keyof RevenueFigures, string>>;

const KEYS: Record<RevenueGroup, string> = {
  month: `to_char(i.issued_on, 'YYYY-MM')`,
  branch: `(SELECT code FROM ${BRANCHES} b WHERE id = i.branch_id)`,
  costBearer: `(SELECT ik FROM ${COST_BEARERS} b WHERE id = i.cost_bearer_id)`,
};

/**
 * Columns that invoices are grouped by. The key is looked up afterwards, once per group instead of once per invoice.
 */
const GROUPS: Record<RevenueGroup, string> = {
  month: `date_trunc('month', issued_on)::date AS issued_on`,
  branch: 'branch_id',
  costBearer: 'cost_bearer_id',
};

@QueryHandler(ReportRevenue)
export class ReportRevenueHandler implements IQueryHandler<ReportRevenue> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ request: { groupBy, from, to } }: ReportRevenue): Promise<RevenueReportResponse> {
    const signed = (column: string) =>
      `sum(CASE kind WHEN 'CREDIT_NOTE' THEN -${column} ELSE ${column} END) AS ${column}`;
    const rows = await this.transaction.queryAlone<RevenueRow>(
      `SELECT ${KEYS[groupBy]} AS key, net, tax, gross, count
         FROM (SELECT ${GROUPS[groupBy]}, ${['net', 'tax', 'gross'].map(signed).join(', ')}, count(*) AS count
               FROM ${INVOICES} document
               WHERE status = 'ISSUED' AND ($1::date IS NULL OR issued_on >= $1)
                 AND ($2::date IS NULL OR issued_on <= $2)
               GROUP BY 1) AS i
         ORDER BY ${KEYS[groupBy]} COLLATE "C"`,
      [from ?? null, to ?? null],
    );
    const items = rows.map(({ key, ...figures }): RevenueItem => ({ key, ...asNumbers(figures) }));
    return { items, total: items.reduce(add, { net: 0, tax: 0, gross: 0, count: 0 }) };
  }
}

const asNumbers = ({ net, tax, gross, count }: Omit<RevenueRow, 'key'>): RevenueFigures => ({
  net: Number(net),
  tax: Number(tax),
  gross: Number(gross),
  count: Number(count),
});

const add = (sum: RevenueFigures, { net, tax, gross, count }: RevenueFigures): RevenueFigures => ({
  net: sum.net + net,
  tax: sum.tax + tax,
  gross: sum.gross + gross,
  count: sum.count + count,
});
