import { Query } from '@nestjs/cqrs';
import type { CountReportResponse } from '../../count-report.response';
import type { DeviceGroup } from './report-devices.request';

/** How many devices there are, in the shop and at customers, whatever has become of the customers. */
export class ReportDevices extends Query<CountReportResponse> {
  constructor(readonly groupBy: DeviceGroup) {
    super();
  }
}
