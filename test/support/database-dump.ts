import type { Client } from 'pg';

/**
 * Every value of every column of every table and materialized view as text, read through the catalogue, so that tables
 * added later are included.
 */
export async function dumpDatabase(client: Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'`,
  );
  const dump = new Map<string, string>();
  for (const { name } of rows) {
    const content = await client.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t`);
    dump.set(name, content.rows.map(({ line }) => line).join('\n'));
  }
  return dump;
}

/** Returns a case-insensitive search for the tables of a dump that contain a value. */
export function searchOf(dump: ReadonlyMap<string, string>): (value: string) => string[] {
  const tables = [...dump].map(([table, content]) => ({ table, content: content.toLowerCase() }));
  return (value) => {
    const wanted = value.toLowerCase();
    return tables.filter(({ content }) => content.includes(wanted)).map(({ table }) => table);
  };
}
