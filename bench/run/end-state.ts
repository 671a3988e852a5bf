import type { ClientBase } from 'pg';

/** Number of customers whose end states are compared: some of each kind. */
const SAMPLE = 600;

/** Columns that differ between the variants by nature: those that SQL alone cannot compute, and the run itself. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  invoice_line: ['article', 'text'], // redacted
  service_contract: ['title'],
  archive_document: ['type'],
  archive_key: ['wrapped_key', 'sealed_key', 'envelope_id'], // sealed
  anonymization_run_item: ['run_id'],
};
const ONLY_WHETHER_SET: readonly string[] = ['anonymized_at', 'anonymization_run_id', 'sealed_at'];
const ONLY_BY_THE_PRODUCT: readonly string[] = ['REDACT', 'SEAL'];

type Row = Readonly<Record<string, unknown>>;
/** Numbers of rows by table and treatment. */
type Effects = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * The end state of a sample of customers, including item, audit entries and refusals: one line per row, in a fixed
 * order.
 */
export async function endStateOf(owner: ClientBase): Promise<readonly string[]> {
  await owner.query(
    `CREATE TEMPORARY TABLE sample AS SELECT id AS customer_id FROM customer ORDER BY id LIMIT ${SAMPLE}`,
  );
  const { rows: tables } = await owner.query<{ name: string; owner: string }>(
    `SELECT c.relname AS name, a.attname AS owner FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attname = CASE c.relname WHEN 'customer' THEN 'id' ELSE 'customer_id' END
     ORDER BY 1`,
  );
  const lines: string[] = [];
  for (const { name, owner: column } of tables) {
    const { rows } = await owner.query<{ row: Row }>(
      `SELECT to_jsonb(t) AS row FROM ${name} t JOIN sample s ON s.customer_id = t.${column}`,
    );
    lines.push(...rows.filter(({ row }) => row.type !== 'SEALED_COPY').map(({ row }) => `${name} ${shown(name, row)}`));
  }
  const { rows: entries } = await owner.query<{ entry: Row & { details: { effects?: Effects } } }>(
    `SELECT e.canonical::jsonb AS entry FROM audit.entry e JOIN sample s ON e.customer_id = s.customer_id`,
  );
  await owner.query('DROP TABLE sample');
  return [...lines, ...entries.map(({ entry }) => `audit ${audited(entry)}`)].sort();
}

function shown(table: string, row: Row): string {
  const columns = Object.entries(row).filter(([name]) => LEFT_OUT[table]?.includes(name) !== true);
  return JSON.stringify(
    Object.fromEntries(
      columns.map(([name, value]) => [name, ONLY_WHETHER_SET.includes(name) && value !== null ? 'set' : value]),
    ),
  );
}

function audited({ details: { effects, ...details }, ...entry }: Row & { details: { effects?: Effects } }): string {
  // a relationship counts for the customer who comes first, unless both are in one batch
  const common = Object.entries(effects ?? {}).flatMap(([table, treatments]) =>
    Object.entries(treatments)
      .filter(([treatment]) => !ONLY_BY_THE_PRODUCT.includes(treatment) && table !== 'relationship')
      .map(([treatment, rows]) => `${table} ${treatment} ${rows}`),
  );
  return JSON.stringify({
    ...entry,
    id: undefined,
    occurredAt: undefined,
    runId: undefined,
    details: { ...details, effects: common.sort() },
  });
}

/** @throws Error with the first rows that differ */
export function requireSameEnd(states: ReadonlyMap<string, readonly string[]>): void {
  const [[firstName, first] = ['', []], ...others] = states;
  for (const [name, state] of others) {
    const differences = [
      ...missingIn(state, first).map((line) => `only ${firstName}: ${line}`),
      ...missingIn(first, state).map((line) => `only ${name}: ${line}`),
    ];
    if (differences.length > 0) throw new Error(`${firstName} and ${name} end differently\n${differences.join('\n')}`);
  }
}

function missingIn(state: readonly string[], lines: readonly string[]): string[] {
  const known = new Set(state);
  return lines.filter((line) => !known.has(line)).slice(0, 3);
}
