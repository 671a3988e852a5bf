import { Injectable } from '@nestjs/common';
import { ErasureConflicts, type FoundConflict } from '../../audit';
import type { CustomerKey, RecordedErasure } from '../ledger/ledger-entry';
import { MergeHistory } from '../ledger/merge-history';
import { isOpen, type Match, type RestoredCustomer, RestoredCustomers } from '../restored/restored-customers';
import { NOTHING_REPLAYED, type ReplayTally } from './replay-tally';
import { UncheckedErasure } from './unchecked-erasure';

/** Customers with the same context form one batch. */
interface ErasureBatch {
  readonly erasure: RecordedErasure;
  readonly mergedIntoCustomerId: string | undefined;
  readonly customers: RestoredCustomer[];
}

/**
 * Repeats erasures of the ledger in the transaction in progress. An erasure follows merges: it also erases customers
 * who were merged into the erased one and are still readable in the restored database because the merge could not be
 * repeated.
 */
@Injectable()
export class RepeatedErasures {
  constructor(
    private readonly customers: RestoredCustomers,
    private readonly history: MergeHistory,
    private readonly unchecked: UncheckedErasure,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /** The customers of an erasure: the erased customer and those who were merged into it. */
  customersOf({ customer }: RecordedErasure): CustomerKey[] {
    return [customer, ...this.history.mergesLeadingTo(customer.id).map(({ source }) => source)];
  }

  /** @param only restricts the erasures to one of their customers; without it, all are erased */
  async repeat(erasures: readonly RecordedErasure[], only?: string): Promise<ReplayTally> {
    const concerned = erasures.map((erasure) => ({
      erasure,
      keys: this.customersOf(erasure).filter(({ id }) => only === undefined || id === only),
    }));
    const matchOf = await this.customers.lock(concerned.flatMap(({ keys }) => keys));
    const batches = new Map<string, ErasureBatch>();
    const taken = new Set<string>();
    let absent = 0;
    for (const { erasure, keys } of concerned)
      for (const key of keys) {
        const match = matchOf(key);
        const isNamed = key.id === erasure.customer.id;
        if (isNamed && match.kind === 'ABSENT') absent++;
        if (isNamed && match.kind === 'STRANGER') await this.conflicts.add([conflictOf(erasure, match)]);
        // merged customers no longer hold personal data: their records moved to the target
        if (match.kind !== 'FOUND' || taken.has(key.id) || match.customer.isAnonymized) continue;
        if (!isNamed && !isOpen(match)) continue;
        taken.add(key.id);
        batchFor(batches, erasure, isNamed ? undefined : erasure.customer.id).customers.push(match.customer);
      }
    for (const { customers, erasure, mergedIntoCustomerId } of batches.values())
      await this.unchecked.anonymize(customers, erasure, mergedIntoCustomerId);
    if (taken.size > 0) await this.conflicts.settleForCustomers([...taken], 'ERASED');
    return { ...NOTHING_REPLAYED, erased: taken.size, absent };
  }
}

const conflictOf = (
  { entryId, customer }: RecordedErasure,
  { stranger }: Extract<Match, { kind: 'STRANGER' }>,
): FoundConflict => ({
  entryId,
  customerId: customer.id,
  code: stranger.code,
  otherCustomerId: stranger.id,
  failureCode: null,
});

function batchFor(
  batches: Map<string, ErasureBatch>,
  erasure: RecordedErasure,
  mergedIntoCustomerId?: string,
): ErasureBatch {
  const { runId, actorId, actorRole, occurredAt, label, reason, reference } = erasure;
  const key = JSON.stringify([
    runId,
    actorId,
    actorRole,
    occurredAt,
    label,
    reason,
    reference,
    mergedIntoCustomerId ?? null,
  ]);
  const known = batches.get(key);
  if (known !== undefined) return known;
  const batch = { erasure, mergedIntoCustomerId, customers: [] };
  batches.set(key, batch);
  return batch;
}
