import { Injectable } from '@nestjs/common';
import type { Cause } from '../../kernel/anonymization-step';
import { Clock } from '../../platform/clock/clock';
import type { RecordedErasure } from './ledger-entry';
import { RepeatedSteps } from './repeated-steps';
import { NOTHING_REPLAYED, type ReplayConflict, type ReplayTally } from './replay-tally';
import { type RestoredCustomer, RestoredCustomers } from './restored-customers';
import { RestoredRuns } from './restored-runs';

/** Customers of one cause are one set. */
interface ErasureSet {
  readonly erasure: RecordedErasure;
  readonly customers: RestoredCustomer[];
}

/** Anonymizes again, in the transaction in progress: with the date, the employee and the label of the first time, and the data map of today. */
@Injectable()
export class RepeatedErasures {
  constructor(
    private readonly customers: RestoredCustomers,
    private readonly steps: RepeatedSteps,
    private readonly runs: RestoredRuns,
    private readonly clock: Clock,
  ) {}

  async repeat(erasures: readonly RecordedErasure[]): Promise<ReplayTally> {
    const matchOf = await this.customers.lock(erasures.map(({ customer }) => customer));
    const sets = new Map<string, ErasureSet>();
    const conflicts: ReplayConflict[] = [];
    let absent = 0;
    for (const erasure of erasures) {
      const match = matchOf(erasure.customer);
      if (match.kind === 'ABSENT') absent++;
      else if (match.kind === 'STRANGER')
        conflicts.push({
          entryId: erasure.entryId,
          customerId: erasure.customer.id,
          code: match.stranger.code,
          otherCustomerId: match.stranger.id,
        });
      else if (!match.customer.isAnonymized) setOf(sets, erasure).customers.push(match.customer);
    }
    for (const { erasure, customers } of sets.values()) await this.anonymize(customers, this.causeOf(erasure));
    const erased = [...sets.values()].reduce((count, { customers }) => count + customers.length, 0);
    return { ...NOTHING_REPLAYED, erased, absent, conflicts };
  }

  private async anonymize(customers: readonly RestoredCustomer[], cause: Cause): Promise<void> {
    await this.steps.run(
      customers.map(({ id }) => id),
      cause,
    );
    await this.runs.record(customers, cause);
  }

  private causeOf({ runId, actorId, actorRole, occurredAt, label, reason, reference }: RecordedErasure): Cause {
    return {
      runId,
      actorId,
      actorRole,
      instant: occurredAt,
      today: this.clock.today(occurredAt),
      label,
      reason,
      reference,
      repetition: { action: 'ERASURE_REPLAYED', instant: this.clock.now() },
    };
  }
}

function setOf(sets: Map<string, ErasureSet>, erasure: RecordedErasure): ErasureSet {
  const { runId, actorId, actorRole, occurredAt, label, reason, reference } = erasure;
  const key = JSON.stringify([runId, actorId, actorRole, occurredAt, label, reason, reference]);
  const known = sets.get(key);
  if (known !== undefined) return known;
  const set = { erasure, customers: [] };
  sets.set(key, set);
  return set;
}
