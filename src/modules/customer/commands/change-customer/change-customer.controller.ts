import { Body, Controller, Param, Patch, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { CustomerResponse } from '../../customer.response';
import { entityTagOf, ExpectedVersion } from '../../http/entity-tag';
import { ChangeCustomer } from './change-customer.command';
import { ChangeCustomerRequest } from './change-customer.request';

@ApiTags('customers')
@Controller('customers/:id')
export class ChangeCustomerController {
  constructor(private readonly commands: CommandBus) {}

  @Patch()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Changes the given fields' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'the ETag of the customer that was read' })
  @ApiOkResponse({ type: CustomerResponse, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED'))
  @ApiResponse(apiProblem(412, 'VERSION_STALE'))
  @ApiResponse(apiProblem(428, 'VERSION_REQUIRED'))
  async handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @ExpectedVersion() expectedVersion: number,
    @Body() request: ChangeCustomerRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerResponse> {
    const customer = await this.commands.execute(new ChangeCustomer(id, expectedVersion, request));
    response.setHeader('ETag', entityTagOf(customer));
    return customer;
  }
}
