import { Module } from '@nestjs/common';
import { ReportCustomersController } from './queries/report-customers/report-customers.controller';
import { ReportCustomersHandler } from './queries/report-customers/report-customers.handler';
import { ReportDevicesController } from './queries/report-devices/report-devices.controller';
import { ReportDevicesHandler } from './queries/report-devices/report-devices.handler';
import { ReportRevenueController } from './queries/report-revenue/report-revenue.controller';
import { ReportRevenueHandler } from './queries/report-revenue/report-revenue.handler';

/** Figures over all customers, derived only from data that an anonymization does not change. */
@Module({
  controllers: [ReportRevenueController, ReportCustomersController, ReportDevicesController],
  providers: [ReportRevenueHandler, ReportCustomersHandler, ReportDevicesHandler],
})
export class ReportingModule {}
