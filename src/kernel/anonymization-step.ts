import type { BusinessDate } from './business-date';
import type { ModuleName, Treatment } from './personal-data';
import type { Identifier } from '../libraries/redaction';

/** The effect of an anonymization on one table of one customer. Effects on zero rows are omitted. */
export interface Effect {
  readonly module: ModuleName;
  readonly table: string;
  readonly treatment: Treatment;
  readonly rows: number;
  /** Legal ground on which the rows are kept or sealed. */
  readonly reason?: string;
}

/** Who anonymizes, when and in which run; the same for every customer of a transaction. */
export interface AnonymizationContext {
  readonly runId: string;
  readonly actorId: string;
  readonly actorRole: string;
  /** the instant of the transaction */
  readonly instant: Date;
  /** the shop's calendar date at that instant */
  readonly today: BusinessDate;
  /** the text that replaces names, `Anonymisiert am … von …` */
  readonly label: string;
  readonly reason: string;
  readonly reference: string | null;
  /** absent in the first anonymization */
  readonly repetition?: Repetition;
}

/**
 * A repetition of an earlier erasure. Rows get the values of the first erasure, and audit entries report the
 * repetition.
 */
export interface Repetition {
  readonly action: 'ERASURE_REPLAYED';
  readonly instant: Date;
  /** Set for a customer who is erased because of a merge: the merge target, which the first erasure names. */
  readonly mergedIntoCustomerId?: string;
}

/** A batch of locked and checked customers, which every step processes. */
export interface AnonymizationBatch {
  readonly customerIds: readonly string[];
  readonly context: AnonymizationContext;
  /** Values that identify the customers, read before anything changes. They never leave memory. */
  readonly identifiers: ReadonlyMap<string, readonly Identifier[]>;
}

/** Effects by customer id. Customers without effects are absent. */
export type EffectsByCustomer = ReadonlyMap<string, readonly Effect[]>;

/** Merges the effects of several sources, customer by customer. */
export function mergeEffects(...sources: readonly EffectsByCustomer[]): EffectsByCustomer {
  const merged = new Map<string, Effect[]>();
  for (const source of sources)
    for (const [customerId, effects] of source) merged.set(customerId, [...(merged.get(customerId) ?? []), ...effects]);
  return merged;
}
