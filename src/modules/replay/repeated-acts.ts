import { Injectable } from '@nestjs/common';
import { erasureIn, type LedgerEntry, mergeIn, type RecordedErasure, type RecordedMerge } from './ledger-entry';
import { RepeatedErasures } from './repeated-erasures';
import { RepeatedMerges } from './repeated-merges';
import { addTallies, NOTHING_REPLAYED, type ReplayTally } from './replay-tally';

/** Erasures in any order, or a merge: what came before it must be done before it, and what came after after it. */
type Part = { readonly merge: RecordedMerge } | { readonly erasures: RecordedErasure[] };

/** Repeats what entries of the ledger tell of, in the transaction in progress. */
@Injectable()
export class RepeatedActs {
  constructor(
    private readonly erasures: RepeatedErasures,
    private readonly merges: RepeatedMerges,
  ) {}

  async repeat(entries: readonly LedgerEntry[]): Promise<ReplayTally> {
    let tally = NOTHING_REPLAYED;
    for (const part of partsOf(entries))
      tally = addTallies(
        tally,
        await ('merge' in part ? this.merges.repeat(part.merge) : this.erasures.repeat(part.erasures)),
      );
    return tally;
  }
}

function partsOf(entries: readonly LedgerEntry[]): Part[] {
  const parts: Part[] = [];
  for (const entry of entries) {
    const [merge, erasure, last] = [mergeIn(entry), erasureIn(entry), parts.at(-1)];
    if (merge !== null) parts.push({ merge });
    else if (erasure === null) continue;
    else if (last !== undefined && 'erasures' in last) last.erasures.push(erasure);
    else parts.push({ erasures: [erasure] });
  }
  return parts;
}
