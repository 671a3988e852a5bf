import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { SearchCustomers } from './search-customers.query';
import { SearchCustomersRequest } from './search-customers.request';
import { CustomerPageResponse } from './search-customers.response';

/** Uses POST to keep names out of URLs. */
@ApiTags('customers')
@Controller('customers/search')
export class SearchCustomersController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Customers by name, number, phone, e-mail, city or postal code; never an anonymized one' })
  @ApiOkResponse({ type: CustomerPageResponse })
  @ApiResponse(apiProblem(503, 'SERVICE_UNAVAILABLE: the search took too long'))
  handle(@Body() request: SearchCustomersRequest): Promise<CustomerPageResponse> {
    return this.queries.execute(new SearchCustomers(request));
  }
}
