import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { EmployeeResponse } from '../../employee.response';
import { CreateEmployee } from './create-employee.command';
import { CreateEmployeeRequest } from './create-employee.request';

@ApiTags('employees')
@Controller('employees')
export class CreateEmployeeController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Authorize(Role.ADMINISTRATOR)
  @ApiCreatedResponse({ type: EmployeeResponse })
  @ApiResponse(apiProblem(409, 'USERNAME_TAKEN'))
  handle(
    @Body() { username, displayName, role, password }: CreateEmployeeRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<EmployeeResponse> {
    return this.commands.execute(new CreateEmployee({ username, displayName, role, password }, actor));
  }
}
