import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ApiJsonOrFile } from '../../../../platform/http/json-or-file.decorator';
import { CountReportResponse } from '../../count-report.response';
import { acceptsCsv, sendCsvReport } from '../../send-csv-report';
import { ReportCustomers } from './report-customers.query';
import { ReportCustomersRequest } from './report-customers.request';

const FILE = { name: 'customers.csv', columns: ['key', 'count'] } as const;

@ApiTags('reports')
@Controller('reports')
export class ReportCustomersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('customers')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({
    summary: 'Customers by branch, or by cost bearer through their memberships, regardless of their status',
  })
  @ApiJsonOrFile(CountReportResponse, 'text/csv')
  async handle(@Query() request: ReportCustomersRequest, @Res() response: Response): Promise<void> {
    if (acceptsCsv(response)) return this.handleCsv(request, response);
    response.json(await this.queries.execute(new ReportCustomers(request.groupBy)));
  }

  @Get('customers.csv')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'The items of the report as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async handleCsv(@Query() request: ReportCustomersRequest, @Res() response: Response): Promise<void> {
    const { items } = await this.queries.execute(new ReportCustomers(request.groupBy));
    await sendCsvReport(response, FILE, items);
  }
}
