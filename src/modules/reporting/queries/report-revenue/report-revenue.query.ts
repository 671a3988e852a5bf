import { Query } from '@nestjs/cqrs';
import type { ReportRevenueRequest } from './report-revenue.request';
import type { RevenueReportResponse } from './report-revenue.response';

/** Sums of the issued invoices and credit notes by date, in integer cents. Credit notes count as negative. */
export class ReportRevenue extends Query<RevenueReportResponse> {
  constructor(readonly request: ReportRevenueRequest) {
    super();
  }
}
