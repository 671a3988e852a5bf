import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { GetCustomerByNumber } from './get-customer-by-number.query';
import { CustomerReferenceResponse } from './get-customer-by-number.response';

@ApiTags('customers')
@Controller('customers/by-number/:customerNumber')
export class GetCustomerByNumberController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE, Role.COMPLIANCE)
  @ApiOperation({ summary: 'The customer with a customer number; no master data' })
  @ApiOkResponse({ type: CustomerReferenceResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  handle(@Param('customerNumber') customerNumber: string): Promise<CustomerReferenceResponse> {
    return this.queries.execute(new GetCustomerByNumber(customerNumber));
  }
}
