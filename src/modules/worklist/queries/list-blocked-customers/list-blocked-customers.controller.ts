import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { ListBlockedCustomers } from './list-blocked-customers.query';
import { ListBlockedCustomersRequest } from './list-blocked-customers.request';
import { BlockedCustomerPageResponse } from './list-blocked-customers.response';

@ApiTags('anonymization runs')
@Controller('blocked-customers')
export class ListBlockedCustomersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({
    summary: 'Customers that runs left blocked, by the day on which they may become ready',
    description:
      'Checked again at the start of each business day. This anonymizes no customer: create a run for those who ' +
      'are ready.',
  })
  @ApiOkResponse({ type: BlockedCustomerPageResponse })
  handle(@Query() { from, to, limit, cursor }: ListBlockedCustomersRequest): Promise<BlockedCustomerPageResponse> {
    return this.queries.execute(new ListBlockedCustomers({ from, to }, limit, cursor));
  }
}
