import { Query } from '@nestjs/cqrs';
import type { CountReportResponse } from '../../count-report.response';
import type { DeviceGroup } from './report-devices.request';

/** Number of devices, in the shops and with customers, including anonymized ones. */
export class ReportDevices extends Query<CountReportResponse> {
  constructor(readonly groupBy: DeviceGroup) {
    super();
  }
}
