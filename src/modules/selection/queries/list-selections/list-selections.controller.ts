import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { PageRequest } from '../../../../platform/http/page';
import { SelectionPageResponse } from '../../selection.response';
import { ListSelections } from './list-selections.query';

@ApiTags('selections')
@Controller('selections')
export class ListSelectionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'All saved lists, newest first' })
  @ApiOkResponse({ type: SelectionPageResponse })
  handle(@Query() page: PageRequest): Promise<SelectionPageResponse> {
    return this.queries.execute(new ListSelections(page));
  }
}
