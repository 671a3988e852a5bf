import { Controller, Get, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ApiJsonOrFile } from '../../../../platform/http/json-or-file.decorator';
import { CountReportResponse } from '../../count-report.response';
import { acceptsCsv, sendCsvReport } from '../../send-csv-report';
import { ReportDevices } from './report-devices.query';
import { ReportDevicesRequest } from './report-devices.request';

const FILE = { name: 'devices.csv', columns: ['key', 'count'] } as const;

@ApiTags('reports')
@Controller('reports')
export class ReportDevicesController {
  constructor(private readonly queries: QueryBus) {}

  @Get('devices')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Devices by status or by owner (shop or customer)' })
  @ApiJsonOrFile(CountReportResponse, 'text/csv')
  async handle(@Query() request: ReportDevicesRequest, @Res() response: Response): Promise<void> {
    if (acceptsCsv(response)) return this.handleCsv(request, response);
    response.json(await this.queries.execute(new ReportDevices(request.groupBy)));
  }

  @Get('devices.csv')
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'The items of the report as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async handleCsv(@Query() request: ReportDevicesRequest, @Res() response: Response): Promise<void> {
    const { items } = await this.queries.execute(new ReportDevices(request.groupBy));
    await sendCsvReport(response, FILE, items);
  }
}
