import { canonicalize } from 'json-canonicalize';
import type { Client } from 'pg';
import { v7 } from 'uuid';
import { INSERT_ENTRIES } from '../../src/modules/audit';

/** The columns of `audit.entry`. */
export const ENTRY_COLUMNS =
  'id, canonical, occurred_at, action, module, customer_id, run_id, actor_id, actor_role, outcome';

export interface CanonicalEntry {
  readonly id: string;
  readonly canonical: string;
}

/** An entry like those that the product writes. */
export function auditEntryOf(fields: Readonly<Record<string, unknown>> = {}): CanonicalEntry {
  const content = {
    id: v7(),
    occurredAt: new Date().toISOString(),
    actorId: null,
    actorRole: null,
    action: 'ACCESS_REFUSED',
    module: 'platform',
    customerId: null,
    runId: null,
    outcome: 'REFUSED',
    details: {},
    ...fields,
  };
  return { id: content.id, canonical: canonicalize(content) };
}

const columnsOf = (entries: readonly CanonicalEntry[]) => [
  entries.map(({ id }) => id),
  entries.map(({ canonical }) => canonical),
];

/** Writes entries as the application does. */
export async function writeEntries(client: Client, entries: readonly CanonicalEntry[]): Promise<void> {
  await client.query(INSERT_ENTRIES, columnsOf(entries));
}

/** Writes entries as a superuser who disables the check of new entries for one transaction. */
export async function forgeEntries(superuser: Client, entries: readonly CanonicalEntry[]): Promise<void> {
  await superuser.query('BEGIN');
  await superuser.query('ALTER TABLE audit.entry DISABLE TRIGGER refuse_forged');
  await superuser.query(INSERT_ENTRIES, columnsOf(entries));
  await superuser.query('ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER refuse_forged');
  await superuser.query('COMMIT');
}
