import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { apiProblem } from '../../../../platform/http/problem-document';
import { invalid } from '../../../../platform/http/validation.pipe';
import { SelectionResponse } from '../../selection.response';
import { CreateSelection, type SelectionSubject } from './create-selection.command';
import { CreateSelectionRequest } from './create-selection.request';

@ApiTags('selections')
@Controller('selections')
export class CreateSelectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Authorize(Role.ADMINISTRATOR, Role.EMPLOYEE)
  @ApiOperation({ summary: 'Saves a list of customers; criteria are evaluated once, now' })
  @ApiCreatedResponse({ type: SelectionResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND, for one of customerIds'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED, for one of customerIds'))
  handle(@Body() request: CreateSelectionRequest, @CurrentEmployee() actor: Actor): Promise<SelectionResponse> {
    return this.commands.execute(new CreateSelection(request.name, subjectOf(request), actor));
  }
}

function subjectOf({ customerIds, criteria }: CreateSelectionRequest): SelectionSubject {
  if (criteria === undefined) return { customerIds: [...new Set(customerIds?.map((id) => id.toLowerCase()))] };
  if (customerIds !== undefined) throw invalid('criteria', 'EITHER_CUSTOMERS_OR_CRITERIA');
  return { criteria };
}
