import { Query } from '@nestjs/cqrs';
import type { CountReportResponse } from '../../count-report.response';
import type { CustomerGroup } from './report-customers.request';

/** Number of customers, including anonymized and merged ones. */
export class ReportCustomers extends Query<CountReportResponse> {
  constructor(readonly groupBy: CustomerGroup) {
    super();
  }
}
