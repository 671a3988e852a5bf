import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { PageRequest } from '../../../../platform/http/page';
import { ListEmployees } from './list-employees.query';
import { ListEmployeesResponse } from './list-employees.response';

@ApiTags('employees')
@Controller('employees')
export class ListEmployeesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Authorize(Role.ADMINISTRATOR)
  @ApiOkResponse({ type: ListEmployeesResponse })
  handle(@Query() { limit, cursor }: PageRequest): Promise<ListEmployeesResponse> {
    return this.queries.execute(new ListEmployees(limit, cursor));
  }
}
