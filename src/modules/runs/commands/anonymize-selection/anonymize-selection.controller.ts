import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { NeedsConfirmation } from '../../../../platform/auth/needs-confirmation.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { Idempotency, type IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import { RunHandle } from '../../views/run.response';
import { AnonymizeSelection } from './anonymize-selection.command';
import { AnonymizeSelectionRequest } from './anonymize-selection.request';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class AnonymizeSelectionController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/start')
  @HttpCode(HttpStatus.ACCEPTED)
  @Authorize(Role.ADMINISTRATOR)
  @NeedsConfirmation()
  @ApiOperation({ summary: 'Anonymizes the customers that are READY in the preview; cannot be undone' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiAcceptedResponse({ type: RunHandle })
  start(
    @Param('id', new UuidParam('ANONYMIZATION_RUN_NOT_FOUND')) id: string,
    @Body() { confirmation, reason, reference }: AnonymizeSelectionRequest,
    @CurrentEmployee() actor: Actor,
    @Idempotency() idempotencyKey: IdempotencyKey | null,
  ): Promise<RunHandle> {
    return this.commands.execute(
      new AnonymizeSelection(id, confirmation, { reason, reference: reference ?? null }, actor, idempotencyKey),
    );
  }
}
