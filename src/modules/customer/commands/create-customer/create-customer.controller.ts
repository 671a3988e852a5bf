import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { entityTagOf } from '../../http/entity-tag';
import { CreateCustomer } from './create-customer.command';
import { CreateCustomerRequest } from './create-customer.request';
import { CreateCustomerResponse } from './create-customer.response';

@ApiTags('customers')
@Controller('customers')
export class CreateCustomerController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Adds a customer' })
  @ApiCreatedResponse({
    type: CreateCustomerResponse,
    headers: { ETag: { schema: { type: 'string' } }, Location: { schema: { type: 'string' } } },
  })
  @ApiResponse(apiProblem(409, 'CUSTOMER_NUMBER_TAKEN'))
  async handle(
    @Body() request: CreateCustomerRequest,
    @Req() { baseUrl, path }: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreateCustomerResponse> {
    const customer = await this.commands.execute(new CreateCustomer(request));
    response.setHeader('ETag', entityTagOf(customer));
    response.setHeader('Location', `${baseUrl}${path.replace(/\/$/, '')}/${customer.id}`);
    return customer;
  }
}
