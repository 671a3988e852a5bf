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
    summary: 'Customers whom runs left blocked, by the day on which they may become ready',
    description:
      'Judged anew when a day of the shop begins. Nobody is anonymized by it: put those who are ready into a run.',
  })
  @ApiOkResponse({ type: BlockedCustomerPageResponse })
  handle(@Query() { from, to, limit, cursor }: ListBlockedCustomersRequest): Promise<BlockedCustomerPageResponse> {
    return this.queries.execute(new ListBlockedCustomers({ from, to }, limit, cursor));
  }
}
