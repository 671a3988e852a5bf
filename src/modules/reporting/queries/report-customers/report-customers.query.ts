import { Query } from '@nestjs/cqrs';
import type { CountReportResponse } from '../../count-report.response';
import type { CustomerGroup } from './report-customers.request';

/** How many customers there are, whatever has become of them. */
export class ReportCustomers extends Query<CountReportResponse> {
  constructor(readonly groupBy: CustomerGroup) {
    super();
  }
}
