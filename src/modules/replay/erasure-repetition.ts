import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../kernel/anonymization-step';
import { Clock } from '../../platform/clock/clock';
import { RestoredRuns } from '../runs';
import type { RecordedErasure } from './ledger-entry';
import { RepeatedSteps } from './repeated-steps';
import type { RestoredCustomer } from './restored-customers';

/**
 * Repeats an anonymization in the transaction in progress, with the original date, employee and label, and the current
 * data map.
 */
@Injectable()
export class ErasureRepetition {
  constructor(
    private readonly steps: RepeatedSteps,
    private readonly runs: RestoredRuns,
    private readonly clock: Clock,
  ) {}

  /**
   * @param customers locked and not anonymized
   * @param mergedIntoCustomerId set when they are erased because they were merged into the customer of the erasure
   */
  async anonymize(
    customers: readonly RestoredCustomer[],
    erasure: RecordedErasure,
    mergedIntoCustomerId?: string,
  ): Promise<void> {
    const context = this.contextOf(erasure, mergedIntoCustomerId);
    await this.steps.eraseUnchecked(
      customers.map(({ id }) => id),
      context,
    );
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
