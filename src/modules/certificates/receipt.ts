import type { Effect } from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import type { ModuleName } from '../../kernel/personal-data';
import {
  addDataMap,
  type AuditAction,
  type EntryProof,
  fullEffects,
  type KnownDataMaps,
  type ProvenEntries,
  type SequencedEntry,
  type TableTreatment,
} from '../audit';
import type { Reason } from '../anonymization';

/**
 * The certificate of an anonymization: what was done to a customer's records, with the proof that the log contains it.
 * It contains no personal value of the customer. One of its entries contains the label.
 */
export interface Receipt {
  readonly version: 1;
  readonly customerId: string;
  readonly customerNumber: string;
  readonly anonymizedAt: string;
  readonly runId: string;
  readonly reason: Reason;
  readonly reference: string | null;
  readonly effects: readonly Effect[];
  readonly entries: readonly SequencedEntry[];
  readonly inclusionProofs: readonly EntryProof[];
  readonly checkpoint: string;
  readonly verifierKeys: readonly string[];
}

const ANONYMIZED = 'CUSTOMER_DATA_ANONYMIZED';

/** The anonymization itself, and its repetitions after a restore or under a newer data map. */
export const RECEIPT_ACTIONS = [ANONYMIZED, 'ERASURE_REPLAYED', 'ERASURE_REAPPLIED'] as const satisfies AuditAction[];
export const IN_FORCE = 'DATA_MAP_IN_FORCE';

/** The entry of the data map is part of a certificate, because it explains the others. */
export type ReceiptAction = (typeof RECEIPT_ACTIONS)[number] | typeof IN_FORCE;

/** Properties that all entries of a certificate share. */
export interface ReceiptEntry {
  readonly action: ReceiptAction;
  readonly module: ModuleName;
  readonly occurredAt: string;
  readonly actorId: string | null;
  readonly runId: string;
  readonly details: {
    readonly reason: Reason;
    readonly reference: string | null;
    /** in full, or numbers of rows that the data map with the digest `dataMap` completes */
    readonly effects: unknown;
    readonly dataMap?: string;
    /** only in the customer module's entry of the anonymization */
    readonly customerNumber?: string;
    readonly label?: string;
    /** set for a repetition: the time of the first anonymization */
    readonly originalOccurredAt?: string;
    /** the erased customer into whom this one was merged */
    readonly mergedIntoCustomerId?: string;
  };
}

/**
 * Builds the certificate from the entries alone, so that it states only what they prove. The effects are those of the
 * anonymization, in its order.
 *
 * @throws DomainError `AUDIT_LOG_BROKEN` when the log has no entry of the anonymization, or a wrong data map
 */
export function receiptOf(customerId: string, proven: ProvenEntries): Receipt {
  const contents = proven.entries.map(contentOf);
  const anonymization = anonymizationIn(contents);
  const maps = dataMapsIn(contents);
  const { runId, details } = anonymization;
  return {
    version: 1,
    customerId,
    customerNumber: details.customerNumber!,
    anonymizedAt: details.originalOccurredAt ?? anonymization.occurredAt,
    runId,
    reason: details.reason,
    reference: details.reference,
    effects: contents
      .filter(({ action, occurredAt }) => action === anonymization.action && occurredAt === anonymization.occurredAt)
      .flatMap((entry) => effectsIn(entry, maps)),
    ...proven,
  };
}

export const contentOf = ({ canonical }: SequencedEntry): ReceiptEntry => JSON.parse(canonical) as ReceiptEntry;

/**
 * The main entry of the anonymization. A customer who had been merged into an erased customer, and was erased by a
 * replay, has only entries of the replay.
 */
export function anonymizationIn(contents: readonly ReceiptEntry[]): ReceiptEntry {
  const ofCustomer = contents.filter(({ module }) => module === 'customer');
  const anonymization =
    ofCustomer.find(({ action }) => action === ANONYMIZED) ??
    ofCustomer.find(({ details }) => details.mergedIntoCustomerId !== undefined);
  if (anonymization === undefined) throw new DomainError('AUDIT_LOG_BROKEN');
  return anonymization;
}

function dataMapsIn(contents: readonly ReceiptEntry[]): KnownDataMaps {
  const maps = new Map<unknown, readonly TableTreatment[]>();
  for (const { action, details } of contents) if (action === IN_FORCE) addDataMap(maps, { ...details });
  return maps;
}

function effectsIn({ details }: ReceiptEntry, maps: KnownDataMaps): readonly Effect[] {
  const effects = fullEffects({ ...details }, maps);
  if (effects === null) throw new DomainError('AUDIT_LOG_BROKEN');
  return effects as readonly Effect[];
}
