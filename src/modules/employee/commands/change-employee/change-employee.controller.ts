import { Body, Controller, Param, Patch } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { EmployeeResponse } from '../../employee.response';
import { ChangeEmployee } from './change-employee.command';
import { ChangeEmployeeRequest } from './change-employee.request';

@ApiTags('employees')
@Controller('employees/:id')
export class ChangeEmployeeController {
  constructor(private readonly commands: CommandBus) {}

  @Patch()
  @Authorize(Role.ADMINISTRATOR)
  @ApiOkResponse({ type: EmployeeResponse })
  @ApiResponse(apiProblem(404, 'EMPLOYEE_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'LAST_ADMINISTRATOR'))
  handle(
    @Param('id', new UuidParam('EMPLOYEE_NOT_FOUND')) id: string,
    @Body() { displayName, active, role }: ChangeEmployeeRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<EmployeeResponse> {
    return this.commands.execute(new ChangeEmployee(id, { displayName, active, role }, actor));
  }
}
