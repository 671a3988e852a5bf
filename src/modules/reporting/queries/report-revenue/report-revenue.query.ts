import { Query } from '@nestjs/cqrs';
import type { ReportRevenueRequest } from './report-revenue.request';
import type { RevenueReportResponse } from './report-revenue.response';

/** Issued documents by their date, credit notes negative; integer cents. */
export class ReportRevenue extends Query<RevenueReportResponse> {
  constructor(readonly request: ReportRevenueRequest) {
    super();
  }
}
