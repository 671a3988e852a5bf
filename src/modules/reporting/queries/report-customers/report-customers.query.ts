import { Query } from '@nestjs/cqrs';
import type { CustomerGroup } from './report-customers.request';
import type { CustomerReportResponse } from './report-customers.response';

/** How many customers there are, whatever has become of them. */
export class ReportCustomers extends Query<CustomerReportResponse> {
  constructor(readonly groupBy: CustomerGroup) {
    super();
  }
}
