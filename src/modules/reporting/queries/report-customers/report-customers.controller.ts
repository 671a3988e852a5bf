import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ReportCustomers } from './report-customers.query';
import { ReportCustomersRequest } from './report-customers.request';
import { CustomerReportResponse } from './report-customers.response';

@ApiTags('reports')
@Controller('reports/customers')
export class ReportCustomersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Customers by branch, or by cost bearer through their memberships; whatever their status' })
  @ApiOkResponse({ type: CustomerReportResponse })
  handle(@Query() { groupBy }: ReportCustomersRequest): Promise<CustomerReportResponse> {
    return this.queries.execute(new ReportCustomers(groupBy));
  }
}
