import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ApiJsonOrFile } from '../../../../platform/http/json-or-file.decorator';
import { acceptsCsv, sendCsvReport } from '../../send-csv-report';
import { ReportRevenue } from './report-revenue.query';
import { ReportRevenueRequest } from './report-revenue.request';
import { RevenueReportResponse } from './report-revenue.response';

const FILE = { name: 'revenue.csv', columns: ['key', 'net', 'tax', 'gross', 'count'] } as const;

@ApiTags('reports')
@Controller('reports')
export class ReportRevenueController {
  constructor(private readonly queries: QueryBus) {}

  @Get('revenue')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Issued documents by month, branch or cost bearer; credit notes are negative' })
  @ApiJsonOrFile(RevenueReportResponse, 'text/csv')
  async handle(@Query() request: ReportRevenueRequest, @Res() response: Response): Promise<void> {
    if (acceptsCsv(response)) return this.handleCsv(request, response);
    response.json(await this.queries.execute(new ReportRevenue(request)));
  }

  @Get('revenue.csv')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'The items of the report as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async handleCsv(@Query() request: ReportRevenueRequest, @Res() response: Response): Promise<void> {
    const { items } = await this.queries.execute(new ReportRevenue(request));
    await sendCsvReport(response, FILE, items);
  }
}
