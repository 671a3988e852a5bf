import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ReportRevenue } from './report-revenue.query';
import { ReportRevenueRequest } from './report-revenue.request';
import { RevenueReportResponse } from './report-revenue.response';

@ApiTags('reports')
@Controller('reports/revenue')
export class ReportRevenueController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Issued documents by month, branch or cost bearer; credit notes are negative' })
  @ApiOkResponse({ type: RevenueReportResponse })
  handle(@Query() request: ReportRevenueRequest): Promise<RevenueReportResponse> {
    return this.queries.execute(new ReportRevenue(request));
  }
}
