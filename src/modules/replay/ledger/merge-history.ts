import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { findEntriesOf } from '../../audit';
import { type LedgerEntry, mergeIn, readEntry, type RecordedMerge } from './ledger-entry';

/** The merges in the log. An erasure follows merges, including those that cannot be repeated in a restored database. */
@Injectable()
export class MergeHistory {
  private readonly mergesInto = new Map<string, Map<string, RecordedMerge>>();
  private readonly mergeOf = new Map<string, RecordedMerge>();
  private isLoaded = false;

  constructor(private readonly transaction: TransactionRunner) {}

  /** Loads the merges in the database once, and adds the merges among `entries`, which are being restored. */
  async loadMerges(entries: readonly LedgerEntry[] = []): Promise<void> {
    if (!this.isLoaded) {
      const merges = await findEntriesOf(this.transaction, 'CUSTOMERS_MERGED');
      this.add(merges.map(readEntry));
      this.isLoaded = true;
    }
    this.add(entries);
  }

  private add(entries: readonly LedgerEntry[]): void {
    for (const entry of entries) {
      const merge = mergeIn(entry);
      if (merge === null) continue;
      const sources = this.mergesInto.get(merge.target.id) ?? new Map<string, RecordedMerge>();
      this.mergesInto.set(merge.target.id, sources.set(merge.source.id, merge));
      this.mergeOf.set(merge.source.id, merge);
    }
  }

  /** The merges that led to a customer, including chains. */
  mergesLeadingTo(customerId: string): RecordedMerge[] {
    const found = new Map<string, RecordedMerge>();
    const follow = (id: string): void => {
      for (const [sourceId, merge] of this.mergesInto.get(id) ?? []) {
        if (found.has(sourceId)) continue;
        found.set(sourceId, merge);
        follow(sourceId);
      }
    };
    follow(customerId);
    return [...found.values()];
  }

  /** The customers into whom a customer was merged, nearest first. */
  targetsOf(customerId: string): string[] {
    const targets = new Set<string>();
    for (let merge = this.mergeOf.get(customerId); merge !== undefined; merge = this.mergeOf.get(merge.target.id)) {
      if (targets.has(merge.target.id)) break;
      targets.add(merge.target.id);
    }
    return [...targets];
  }
}
