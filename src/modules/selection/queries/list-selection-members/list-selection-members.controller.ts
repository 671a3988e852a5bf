import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { PageRequest } from '../../../../platform/http/page';
import { apiProblem } from '../../../../platform/http/problem-document';
import { CustomerPageResponse } from '../../../customer';
import { ListSelectionMembers } from './list-selection-members.query';

@ApiTags('selections')
@Controller('selections/:id/members')
export class ListSelectionMembersController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Members of a saved list' })
  @ApiOkResponse({ type: CustomerPageResponse })
  @ApiResponse(apiProblem(404, 'SELECTION_NOT_FOUND'))
  handle(
    @Param('id', new IdParam('SELECTION_NOT_FOUND')) id: string,
    @Query() page: PageRequest,
  ): Promise<CustomerPageResponse> {
    return this.queries.execute(new ListSelectionMembers(id, page));
  }
}
