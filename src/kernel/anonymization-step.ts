import type { BusinessDate } from './business-date';
import type { ModuleName, Treatment } from './personal-data';
import type { Identifier } from '../libraries/redaction';

/** What an anonymization does to one table of one customer; zero rows are left out. */
export interface Effect {
  readonly module: ModuleName;
  readonly table: string;
  readonly treatment: Treatment;
  readonly rows: number;
  /** Why rows stay: the legal ground. */
  readonly reason?: string;
}

/** Who anonymizes, when and in which run: the same for every customer of a transaction. */
export interface AnonymizationContext {
  readonly runId: string;
  readonly actorId: string;
  readonly actorRole: string;
  /** the instant of the transaction */
  readonly instant: Date;
  /** the shop's calendar date at that instant */
  readonly today: BusinessDate;
  /** A1, `Anonymisiert am … von …` */
  readonly label: string;
  readonly reason: string;
  readonly reference: string | null;
  /** absent the first time */
  readonly repetition?: Repetition;
}

/**
 * An erasure that is carried out again: the rows get what the first one said, the audit entries tell of the repetition.
 */
export interface Repetition {
  readonly action: 'ERASURE_REPLAYED';
  readonly instant: Date;
  /** Set for customers who are erased because they were merged into the one whom the first erasure names. */
  readonly mergedIntoCustomerId?: string;
}

/** A set of locked and judged customers on its way through the steps. */
export interface AnonymizationBatch {
  readonly customerIds: readonly string[];
  readonly context: AnonymizationContext;
  /** The customers' identifying values, read before anything changes; they never leave memory. */
  readonly identifiers: ReadonlyMap<string, readonly Identifier[]>;
}

/** Effects by customer id; customers without any are absent. */
export type EffectsByCustomer = ReadonlyMap<string, readonly Effect[]>;

/** The effects of two sources, customer by customer. */
export function mergeEffects(...sources: readonly EffectsByCustomer[]): EffectsByCustomer {
  const merged = new Map<string, Effect[]>();
  for (const source of sources)
    for (const [customerId, effects] of source) merged.set(customerId, [...(merged.get(customerId) ?? []), ...effects]);
  return merged;
}
