import { DomainError } from '../../../kernel/domain-error';

/** An audit entry as stored in the ledger. */
export interface LedgerEntry {
  readonly id: string;
  /** byte for byte */
  readonly canonical: string;
  readonly occurredAt: string;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly action: string;
  readonly module: string;
  readonly customerId: string | null;
  readonly runId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The identity of a customer without name and address. All three values must match before a customer is changed. */
export interface CustomerKey {
  readonly id: string;
  readonly customerNumber: string;
  readonly createdAt: string;
}

export interface RecordedErasure {
  readonly entryId: string;
  readonly customer: CustomerKey;
  readonly runId: string;
  readonly actorId: string;
  readonly actorRole: string;
  readonly occurredAt: Date;
  readonly label: string;
  readonly reason: string;
  readonly reference: string | null;
}

export interface RecordedMerge {
  readonly entryId: string;
  readonly source: CustomerKey;
  readonly target: CustomerKey;
  readonly actorId: string;
  readonly actorRole: string;
  readonly occurredAt: Date;
}

/** A legal hold that was set, or lifted when `reasonCode` is null. */
export interface RecordedHold {
  readonly entryId: string;
  readonly customerId: string;
  readonly reasonCode: string | null;
  readonly actorId: string;
  readonly actorRole: string;
  readonly instant: Date;
}

/** @throws DomainError `LEDGER_MALFORMED` */
export function readEntry(canonical: string): LedgerEntry {
  let content: unknown;
  try {
    content = JSON.parse(canonical);
  } catch {
    throw new DomainError('LEDGER_MALFORMED');
  }
  if (typeof content !== 'object' || content === null) throw new DomainError('LEDGER_MALFORMED');
  const { id, details } = content as Partial<LedgerEntry>;
  if (typeof id !== 'string' || typeof details !== 'object') throw new DomainError('LEDGER_MALFORMED');
  return { ...(content as LedgerEntry), canonical };
}

/**
 * The erasure in an entry; null for other entries. Each module writes one entry per erasure; the customer module's
 * entry contains the data that a replay needs.
 */
export function erasureIn(entry: LedgerEntry): RecordedErasure | null {
  if (entry.action !== 'CUSTOMER_DATA_ANONYMIZED' || entry.module !== 'customer') return null;
  const text = textsOf(entry);
  return {
    entryId: entry.id,
    customer: {
      id: text('customerId'),
      customerNumber: text('customerNumber'),
      createdAt: text('createdAt'),
    },
    runId: text('runId'),
    actorId: text('actorId'),
    actorRole: text('actorRole'),
    occurredAt: new Date(text('occurredAt')),
    label: text('label'),
    reason: text('reason'),
    reference: entry.details.reference === null ? null : text('reference'),
  };
}

/** The merge in an entry; null for other entries. */
export function mergeIn(entry: LedgerEntry): RecordedMerge | null {
  if (entry.action !== 'CUSTOMERS_MERGED') return null;
  const text = textsOf(entry);
  return {
    entryId: entry.id,
    source: { id: text('customerId'), customerNumber: text('customerNumber'), createdAt: text('createdAt') },
    target: {
      id: text('intoCustomerId'),
      customerNumber: text('intoCustomerNumber'),
      createdAt: text('intoCreatedAt'),
    },
    actorId: text('actorId'),
    actorRole: text('actorRole'),
    occurredAt: new Date(text('occurredAt')),
  };
}

/** The change of a legal hold in an entry; null for other entries. */
export function holdIn(entry: LedgerEntry): RecordedHold | null {
  if (entry.action !== 'LEGAL_HOLD_SET' && entry.action !== 'LEGAL_HOLD_LIFTED') return null;
  const text = textsOf(entry);
  return {
    entryId: entry.id,
    customerId: text('customerId'),
    reasonCode: entry.action === 'LEGAL_HOLD_SET' ? text('reasonCode') : null,
    actorId: text('actorId'),
    actorRole: text('actorRole'),
    instant: new Date(text('occurredAt')),
  };
}

/** Reads required members of an entry and its details. */
function textsOf({ details, ...entry }: LedgerEntry): (name: string) => string {
  const members: Readonly<Record<string, unknown>> = { ...details, ...entry };
  return (name) => {
    const value = members[name];
    if (typeof value !== 'string') throw new DomainError('LEDGER_MALFORMED', { entryId: entry.id });
    return value;
  };
}
