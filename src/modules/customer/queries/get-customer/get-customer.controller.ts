import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { CustomerResponse } from '../../customer.response';
import { entityTagOf } from '../../http/entity-tag';
import { GetCustomer } from './get-customer.query';

@ApiTags('customers')
@Controller('customers/:id')
export class GetCustomerController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'One customer; for an anonymized customer, the stub' })
  @ApiOkResponse({ type: CustomerResponse, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  async handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerResponse> {
    const customer = await this.queries.execute(new GetCustomer(id));
    response.setHeader('ETag', entityTagOf(customer));
    return customer;
  }
}
