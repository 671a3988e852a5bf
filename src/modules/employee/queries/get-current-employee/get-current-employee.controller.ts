import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../../platform/auth/actor';
import { AnyRole } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { EmployeeResponse } from '../../employee.response';
import { GetCurrentEmployee } from './get-current-employee.query';

@ApiTags('auth')
@Controller('auth/me')
export class GetCurrentEmployeeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AnyRole()
  @ApiOkResponse({ type: EmployeeResponse })
  handle(@CurrentEmployee() { id }: Actor): Promise<EmployeeResponse> {
    return this.queries.execute(new GetCurrentEmployee(id));
  }
}
