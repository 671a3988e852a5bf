import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { AuditAction } from '../audit-action';

/* Lookups for other modules. They read canonical texts in the transaction in progress. */

interface Entry {
  readonly canonical: string;
}

const SELECT_ENTRY = 'SELECT canonical FROM audit.entry WHERE id = $1';

export async function findEntry(transaction: TransactionRunner, entryId: string): Promise<string | undefined> {
  const [entry] = await transaction.query<Entry>(SELECT_ENTRY, [entryId]);
  return entry?.canonical;
}

const SELECT_OF_ACTION = `
  SELECT canonical
  FROM audit.entry
  WHERE action = $1`;

/** In no particular order. */
export async function findEntriesOf(transaction: TransactionRunner, action: AuditAction): Promise<string[]> {
  const entries = await transaction.query<Entry>(SELECT_OF_ACTION, [action]);
  return entries.map(({ canonical }) => canonical);
}

const SELECT_FIRST_ERASURE = `
  SELECT canonical
  FROM audit.entry
  WHERE customer_id = ANY ($1::uuid[])
    AND action = 'CUSTOMER_DATA_ANONYMIZED'
    AND module = 'customer'
  ORDER BY array_position($1::uuid[], customer_id)
  LIMIT 1`;

/** The erasure of the first of these customers who is anonymized. */
export async function findFirstErasure(
  transaction: TransactionRunner,
  customerIds: readonly string[],
): Promise<string | undefined> {
  const [entry] = await transaction.query<Entry>(SELECT_FIRST_ERASURE, [customerIds]);
  return entry?.canonical;
}

const COUNT_SAME = `
  SELECT count(*)::int AS count
  FROM unnest($1::uuid[], $2::text[]) AS known(id, canonical)
  JOIN audit.entry ON entry.id = known.id AND entry.canonical = known.canonical`;

/** How many of these entries the log holds with exactly this text. */
export async function countSameEntries(
  transaction: TransactionRunner,
  entries: readonly { readonly id: string; readonly canonical: string }[],
): Promise<number> {
  const { count } = await transaction.one<{ count: number }>(COUNT_SAME, [
    entries.map(({ id }) => id),
    entries.map(({ canonical }) => canonical),
  ]);
  return count;
}
