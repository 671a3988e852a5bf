/** A legal hold that was set again or lifted. */
export interface HoldChange {
  readonly customerId: string;
  readonly isInForce: boolean;
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
  /** in the order of the ledger */
  readonly holds: readonly HoldChange[];
}

export const NOTHING_REPLAYED: ReplayTally = { entries: 0, erased: 0, merged: 0, absent: 0, holds: [] };

export function addTallies(one: ReplayTally, other: ReplayTally): ReplayTally {
  return {
    entries: one.entries + other.entries,
    erased: one.erased + other.erased,
    merged: one.merged + other.merged,
    absent: one.absent + other.absent,
    holds: [...one.holds, ...other.holds],
  };
}
