import { Controller, Delete, HttpCode, HttpStatus, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { LiftLegalHold } from './lift-legal-hold.command';

@ApiTags('legal holds')
@Controller('customers/:id/legal-hold')
export class LiftLegalHoldController {
  constructor(private readonly commands: CommandBus) {}

  @Delete()
  @HttpCode(HttpStatus.NO_CONTENT)
  @Authorize(Role.COMPLIANCE)
  @ApiOperation({ summary: 'Lifts the legal hold in force' })
  @ApiNoContentResponse()
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND, LEGAL_HOLD_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'CUSTOMER_ANONYMIZED, CUSTOMER_MERGED'))
  handle(@Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string, @CurrentEmployee() actor: Actor): Promise<void> {
    return this.commands.execute(new LiftLegalHold(id, actor));
  }
}
