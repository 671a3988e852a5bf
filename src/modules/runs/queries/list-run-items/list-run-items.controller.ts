import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { RunItemPageResponse } from '../../views/run.response';
import { ListRunItems } from './list-run-items.query';
import { ListRunItemsRequest } from './list-run-items.request';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class ListRunItemsController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/items')
  @Authorize(Role.ADMINISTRATOR, Role.COMPLIANCE)
  @ApiOperation({
    summary: 'The customers of a run with all blockers and effects; master data for administrators only',
  })
  @ApiOkResponse({ type: RunItemPageResponse })
  list(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @Query() request: ListRunItemsRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<RunItemPageResponse> {
    return this.queries.execute(new ListRunItems(id, request, actor));
  }
}
