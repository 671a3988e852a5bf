import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { invalid } from '../../../../platform/http/validation.pipe';
import { Idempotency, type IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import { RunHandle } from '../../views/run.response';
import { CreateRun } from './create-run.command';
import { CreateRunRequest } from './create-run.request';

@ApiTags('anonymization runs')
@Controller('anonymization-runs')
export class CreateRunController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  @Authorize(Role.ADMINISTRATOR)
  @ApiOperation({ summary: 'Freezes the customers of a run and checks each of them; changes no customer' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiAcceptedResponse({ type: RunHandle })
  create(
    @Body() { selectionId, customerIds }: CreateRunRequest,
    @CurrentEmployee() actor: Actor,
    @Idempotency() idempotencyKey: IdempotencyKey | null,
  ): Promise<RunHandle> {
    if (selectionId !== undefined && customerIds !== undefined)
      throw invalid('customerIds', 'EITHER_SELECTION_OR_CUSTOMERS');
    if (selectionId !== undefined) return this.commands.execute(new CreateRun({ selectionId }, actor, idempotencyKey));
    if (customerIds === undefined) throw invalid('selectionId', 'EITHER_SELECTION_OR_CUSTOMERS');
    return this.commands.execute(
      new CreateRun({ customerIds: customerIds.map((id) => id.toLowerCase()) }, actor, idempotencyKey),
    );
  }
}
