import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { SelectionCriteriaRequest } from '../../commands/create-selection/create-selection.request';
import { CountSelected } from './count-selected.query';
import { CountSelectedResponse } from './count-selected.response';

@ApiTags('selections')
@Controller('selections/count')
export class CountSelectedController {
  constructor(private readonly queries: QueryBus) {}

  /** Uses POST to keep postal codes and customer numbers out of URLs. */
  @Post()
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Number of customers that match the criteria now; saves nothing' })
  @ApiOkResponse({ type: CountSelectedResponse })
  async handle(@Body() criteria: SelectionCriteriaRequest): Promise<CountSelectedResponse> {
    return { count: await this.queries.execute(new CountSelected(criteria)) };
  }
}
