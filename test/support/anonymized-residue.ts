import type { Client } from 'pg';
import type { CustomerTable, DataMap, MappedColumn } from '../../src/modules/data-map';

/** Something that anonymized customers must not have: its table and column and the number of rows, never the value. */
export interface Residue {
  readonly table: string;
  /** `*` is the whole row */
  readonly column: string;
  readonly count: number;
  readonly what: 'ROW_LEFT' | 'VALUE_LEFT' | 'NOT_REPLACED' | 'NAME_LEFT' | 'KEY_LEFT' | 'UNCLASSIFIED';
}

interface Reference {
  readonly table: string;
  readonly column: string;
}

const LABEL = '^Anonymisiert am \\d{2}\\.\\d{2}\\.\\d{4} von ';

/**
 * Residue of the anonymized customers of a database. Tables and columns come from the database's catalogue and only
 * their classification from the data map; the erasure itself is not consulted.
 *
 * @param names by customer id, a regular expression of words that must not occur in that customer's texts either
 */
export async function anonymizedResidue(
  sql: Client,
  map: DataMap,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<readonly Residue[]> {
  const residues: Residue[] = [];
  for (const reference of await referencesToCustomers(sql)) {
    const table = map.allCustomerTables.find(({ name }) => name === reference.table);
    if (table?.rule.customerColumns.includes(reference.column))
      residues.push(...(await residueOf(sql, table, reference.column, names)));
    else residues.push({ ...reference, count: await rows(sql, reference), what: 'UNCLASSIFIED' });
  }
  return residues;
}

/** The customer's own row, and every column with a foreign key to it. */
async function referencesToCustomers(sql: Client): Promise<Reference[]> {
  const { rows } = await sql.query<Reference>(`
    SELECT 'customer' AS table, 'id' AS column
    UNION ALL
    SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || r.relname, a.attname
    FROM pg_constraint f
    JOIN pg_class r ON r.oid = f.conrelid
    JOIN pg_namespace n ON n.oid = r.relnamespace
    JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
    WHERE f.contype = 'f' AND f.confrelid = 'public.customer'::regclass AND f.conrelid <> f.confrelid`);
  return rows;
}

async function rows(sql: Client, { table, column }: Reference): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table} t JOIN customer c ON c.id = t.${column} WHERE c.anonymized_at IS NOT NULL`,
  );
  return rows[0]!.count;
}

async function residueOf(
  sql: Client,
  table: CustomerTable,
  owner: string,
  names: ReadonlyMap<string, string>,
): Promise<Residue[]> {
  const columns = await columnsOf(sql, table.name);
  const suspicions = columns.flatMap(({ name, isText }) => {
    const mapped = table.columns.find((column) => column.name === name);
    if (mapped === undefined) return [{ column: name, what: 'UNCLASSIFIED' as const, condition: 'true' }];
    return [
      ...valueSuspicions(mapped),
      ...(isText ? [{ column: name, what: 'NAME_LEFT' as const, condition: `t.${name} ~* own.name` }] : []),
    ];
  });
  const { eraseRows } = table.rule;
  if (eraseRows !== undefined) suspicions.push({ column: '*', what: 'ROW_LEFT', condition: eraseRows.when ?? 'true' });
  const counts = suspicions.map(({ condition }, index) => `count(*) FILTER (WHERE ${condition})::int AS s${index}`);
  const found = await sql.query<Record<string, number>>(
    `SELECT ${counts.join(', ')} FROM ${table.name} t JOIN customer c ON c.id = t.${owner}
     LEFT JOIN unnest($1::uuid[], $2::text[]) AS own (id, name) ON own.id = c.id WHERE c.anonymized_at IS NOT NULL`,
    [[...names.keys()], [...names.values()].map((name) => `\\m(${name})\\M`)],
  );
  return suspicions
    .map(({ column, what }, index) => ({ table: table.name, column, count: found.rows[0]![`s${index}`]!, what }))
    .filter(({ count, what }) => count > 0 || what === 'UNCLASSIFIED');
}

async function columnsOf(sql: Client, table: string): Promise<{ name: string; isText: boolean }[]> {
  const [name, schema = 'public'] = table.split('.').reverse();
  const { rows } = await sql.query<{ name: string; isText: boolean }>(
    `SELECT column_name AS name, data_type IN ('text', 'character varying') AS "isText"
     FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2`,
    [schema, name],
  );
  return rows;
}

interface Suspicion {
  readonly column: string;
  readonly what: Residue['what'];
  /** applies to a row `t` of the anonymized customer `c` */
  readonly condition: string;
}

function valueSuspicions({ name, rule }: MappedColumn): Suspicion[] {
  if (rule.treatment === 'ERASE') return [{ column: name, what: 'VALUE_LEFT', condition: `t.${name} IS NOT NULL` }];
  if (name === 'wrapped_key') return [{ column: name, what: 'KEY_LEFT', condition: `t.${name} IS NOT NULL` }];
  if (rule.treatment !== 'REPLACE') return [];
  const empty = rule.evenIfEmpty === true && rule.when === undefined ? [`t.${name} IS NULL`] : [];
  return [{ column: name, what: 'NOT_REPLACED', condition: [...empty, notReplaced({ name, rule })].join(' OR ') }];
}

/** The condition of a row that is not replaced: a replacement with a condition makes that condition false. */
function notReplaced({ name, rule }: Pick<MappedColumn, 'name' | 'rule'>): string {
  if (rule.when !== undefined) return rule.when;
  const replacement = rule.replacement!;
  if (replacement.source === 'CONSTANT') return `t.${name} <> '${replacement.value}'`;
  return replacement.source === 'LABEL' ? `t.${name} !~ '${LABEL}' OR t.${name} <> c.last_name` : 'false';
}
