/** A legal hold that was set again or lifted. */
export interface HoldChange {
  readonly customerId: string;
  readonly isInForce: boolean;
}

/** The progress of a replay. */
export interface ReplayTally {
  /** entries that were missing in the database */
  readonly entries: number;
  /** customers anonymized again */
  readonly erased: number;
  readonly merged: number;
  /** customers created after the backup, who have no data to erase */
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
