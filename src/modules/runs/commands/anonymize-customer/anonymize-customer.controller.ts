import { Body, Controller, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Blocker } from '../../../../kernel/blocker';
import { DomainError } from '../../../../kernel/domain-error';
import { Role } from '../../../../kernel/role';
import type { Actor } from '../../../../platform/auth/actor';
import { Authorize } from '../../../../platform/auth/authorize.decorator';
import { CurrentEmployee } from '../../../../platform/auth/current-employee.decorator';
import { NeedsConfirmation } from '../../../../platform/auth/needs-confirmation.decorator';
import { UuidParam } from '../../../../platform/http/id-param.pipe';
import { Idempotency, type IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import { AnonymizeCustomer } from './anonymize-customer.command';
import { AnonymizeCustomerRequest } from './anonymize-customer.request';
import { AnonymizeCustomerResponse } from './anonymize-customer.response';

@ApiTags('anonymization')
@Controller('customers')
export class AnonymizeCustomerController {
  constructor(private readonly commands: CommandBus) {}

  @Post(':id/anonymization')
  @HttpCode(HttpStatus.OK)
  @Authorize(Role.ADMINISTRATOR)
  @NeedsConfirmation()
  @ApiOperation({ summary: 'Anonymizes one customer; cannot be undone' })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiOkResponse({ type: AnonymizeCustomerResponse })
  async anonymize(
    @Param('id', new UuidParam('CUSTOMER_NOT_FOUND')) id: string,
    @Body() { confirmation, reason, reference }: AnonymizeCustomerRequest,
    @CurrentEmployee() actor: Actor,
    @Idempotency() idempotencyKey: IdempotencyKey | null,
  ): Promise<AnonymizeCustomerResponse> {
    const result = await this.commands.execute(
      new AnonymizeCustomer(id, confirmation, { reason, reference: reference ?? null }, actor, idempotencyKey),
    );
    // becomes an error only now that the outcome and its audit entry are committed
    if (result.outcome === 'BLOCKED') throw refusalOf(result.blockers);
    return result;
  }
}

/** A merged customer can never be anonymized, only its target, so the refusal names the target. */
function refusalOf(blockers: readonly Blocker[]): DomainError {
  const merged = blockers.find(({ code }) => code === 'CUSTOMER_MERGED');
  return merged === undefined
    ? new DomainError('ANONYMIZATION_BLOCKED', { blockers })
    : new DomainError('CUSTOMER_MERGED', {
        intoCustomerId: merged.recordId,
        intoCustomerNumber: merged.recordNumber,
      });
}
