import { Body, Controller, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { apiProblem } from '../../../../platform/http/problem-document';
import { SetLegalHold } from './set-legal-hold.command';
import { SetLegalHoldRequest } from './set-legal-hold.request';
import { LegalHoldResponse } from './set-legal-hold.response';

@ApiTags('legal holds')
@Controller('customers/:id/legal-hold')
export class SetLegalHoldController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @Authorize(Role.COMPLIANCE)
  @ApiOperation({ summary: 'Prevents the anonymization of the customer' })
  @ApiCreatedResponse({ type: LegalHoldResponse })
  @ApiResponse(apiProblem(404, 'CUSTOMER_NOT_FOUND'))
  @ApiResponse(apiProblem(409, 'LEGAL_HOLD_IN_FORCE, CUSTOMER_ANONYMIZED, CUSTOMER_MERGED'))
  handle(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Body() { reasonCode }: SetLegalHoldRequest,
    @CurrentEmployee() actor: Actor,
  ): Promise<LegalHoldResponse> {
    return this.commands.execute(new SetLegalHold(id, reasonCode, actor));
  }
}
