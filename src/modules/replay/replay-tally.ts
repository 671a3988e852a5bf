/** Something in the ledger that was not done, because the restored database has somebody else in that place. Ids and codes only. */
export interface ReplayConflict {
  readonly entryId: string;
  /** of the customer whom the ledger means */
  readonly customerId: string;
  readonly code:
    'NUMBER_TAKEN' | 'CUSTOMER_DIFFERS' | 'MERGE_TARGET_ABSENT' | 'MERGE_TARGET_DIFFERS' | 'MERGE_NOT_POSSIBLE';
  /** who is in the way */
  readonly otherCustomerId: string | null;
}

/** What a replay did so far. */
export interface ReplayTally {
  /** entries that the database did not have at all */
  readonly entries: number;
  /** customers anonymized again */
  readonly erased: number;
  readonly merged: number;
  /** customers who were created after the backup: with them went what there was to erase */
  readonly absent: number;
  readonly conflicts: readonly ReplayConflict[];
}

export const NOTHING_REPLAYED: ReplayTally = { entries: 0, erased: 0, merged: 0, absent: 0, conflicts: [] };

export function addTallies(one: ReplayTally, other: ReplayTally): ReplayTally {
  return {
    entries: one.entries + other.entries,
    erased: one.erased + other.erased,
    merged: one.merged + other.merged,
    absent: one.absent + other.absent,
    conflicts: [...one.conflicts, ...other.conflicts],
  };
}
