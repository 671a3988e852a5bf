import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import { STOCK_ITEMS } from '../../../device';
import type { CountItem, CountReportResponse } from '../../count-report.response';
import { ReportDevices } from './report-devices.query';
import type { DeviceGroup } from './report-devices.request';

const COLUMNS: Record<DeviceGroup, string> = { status: 'status', owner: 'owner' };

@QueryHandler(ReportDevices)
export class ReportDevicesHandler implements IQueryHandler<ReportDevices> {
  constructor(private readonly transaction: TransactionRunner) {}

  async execute({ groupBy }: ReportDevices): Promise<CountReportResponse> {
    const items = await this.transaction.queryAlone<CountItem>(
      `SELECT ${COLUMNS[groupBy]} AS key, count(*)::int AS count FROM ${STOCK_ITEMS} stock GROUP BY 1
          ORDER BY ${COLUMNS[groupBy]} COLLATE "C"`,
    );
    return { items, total: items.reduce((sum, { count }) => sum + count, 0) };
  }
}
