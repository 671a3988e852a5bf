import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { MergeCustomers } from './merge-customers.command';
import { MergeCustomersRequest } from './merge-customers.request';
import { MergeCustomersResponse } from './merge-customers.response';

@ApiTags('customers')
@Controller('customers/:id/merge')
export class MergeCustomersController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({ summary: 'Moves all records to another customer and closes this one; cannot be undone' })
  @ApiOkResponse({ type: MergeCustomersResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(
    apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, CUSTOMER_LOCKED, LEGAL_HOLD, MERGE_NOTE_TOO_LONG'),
  )
  handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Body() { intoCustomerId }: MergeCustomersRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<MergeCustomersResponse> {
    return this.commands.execute(new MergeCustomers(id, intoCustomerId.toLowerCase(), actor));
  }
}
