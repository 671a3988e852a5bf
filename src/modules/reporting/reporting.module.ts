import { Module } from '@nestjs/common';
import { ReportCustomersController } from './queries/report-customers/report-customers.controller';
import { ReportCustomersHandler } from './queries/report-customers/report-customers.handler';
import { ReportRevenueController } from './queries/report-revenue/report-revenue.controller';
import { ReportRevenueHandler } from './queries/report-revenue/report-revenue.handler';

/** Figures over all customers, made of nothing that an anonymization changes (A12). */
@Module({
  controllers: [ReportRevenueController, ReportCustomersController],
  providers: [ReportRevenueHandler, ReportCustomersHandler],
})
export class ReportingModule {}
