import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { IdParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { SelectionResponse } from '../../selection.response';
import { GetSelection } from './get-selection.query';

@ApiTags('selections')
@Controller('selections/:id')
export class GetSelectionController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'One saved list' })
  @ApiOkResponse({ type: SelectionResponse })
  @ApiResponse(apiProblem(404, 'SELECTION_NOT_FOUND'))
  handle(@Param('id', new IdParam('SELECTION_NOT_FOUND')) id: string): Promise<SelectionResponse> {
    return this.queries.execute(new GetSelection(id));
  }
}
