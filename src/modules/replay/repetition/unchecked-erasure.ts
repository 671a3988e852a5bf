import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import { Clock } from '../../../platform/clock/clock';
import { AnonymizationSteps } from '../../anonymization';
import { Erasure } from '../../data-map';
import { RestoredRuns } from '../../runs';
import type { RecordedErasure } from '../ledger/ledger-entry';
import type { RestoredCustomer } from '../restored/restored-customers';

/**
 * Repeats an anonymization in the transaction in progress, with the original date, employee and label, and the current
 * data map. It runs the steps of the saga without the check: an anonymization that was allowed once is repeated,
 * whatever blocks it now.
 */
@Injectable()
export class UncheckedErasure {
  constructor(
    private readonly erasure: Erasure,
    private readonly steps: AnonymizationSteps,
    private readonly runs: RestoredRuns,
    private readonly clock: Clock,
  ) {}

  /**
   * @param customers locked FOR UPDATE in an earlier statement of this transaction, none of them anonymized
   * @param mergedIntoCustomerId set when they are erased because they were merged into the customer of the erasure
   */
  async anonymize(
    customers: readonly RestoredCustomer[],
    erasure: RecordedErasure,
    mergedIntoCustomerId?: string,
  ): Promise<void> {
    const context = this.contextOf(erasure, mergedIntoCustomerId);
    const customerIds = customers.map(({ id }) => id);
    const identifiers = await this.erasure.identifiersOf(customerIds);
    await this.steps.eraseAndProve({ customerIds, context, identifiers });
    await this.runs.recordAnonymized(customers, context);
  }

  private contextOf(
    { runId, actorId, actorRole, occurredAt, label, reason, reference }: RecordedErasure,
    mergedIntoCustomerId: string | undefined,
  ): AnonymizationContext {
    return {
      runId,
      actorId,
      actorRole,
      instant: occurredAt,
      today: this.clock.today(occurredAt),
      label,
      reason,
      reference,
      repetition: {
        action: 'ERASURE_REPLAYED',
        instant: this.clock.now(),
        ...(mergedIntoCustomerId === undefined ? {} : { mergedIntoCustomerId }),
      },
    };
  }
}
