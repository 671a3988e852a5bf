import type { ClientBase } from 'pg';

interface Parked {
  readonly drop: string;
  readonly restore: string;
}

const FOREIGN_KEYS = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS drop,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS restore
  FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY conrelid::regclass::text, conname`;

const INDEXES = `
  SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS drop, pg_get_indexdef(i.indexrelid) AS restore
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relnamespace = 'public'::regnamespace
  WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AND c.relname <> ALL ($1) ORDER BY c.relname`;

const TRIGGERS = `
  SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS drop,
    format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass, CASE tgenabled WHEN 'A' THEN 'ALWAYS' ELSE '' END, tgname) AS restore
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid AND c.relnamespace = 'public'::regnamespace
  WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgrelid::regclass::text, tgname`;

/**
 * Does the work without foreign keys, indexes and triggers, which are faster to build once afterwards than to maintain
 * row by row, and restores them unchanged.
 *
 * @param keptIndexes those that the work itself needs
 */
export async function bulkLoad(
  owner: ClientBase,
  keptIndexes: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const before = await guardsOf(owner);
  const parked = [
    ...(await owner.query<Parked>(TRIGGERS)).rows,
    ...(await owner.query<Parked>(FOREIGN_KEYS)).rows,
    ...(await owner.query<Parked>(INDEXES, [keptIndexes])).rows,
  ];
  for (const { drop } of parked) await owner.query(drop);
  await work();
  await owner.query("SET maintenance_work_mem = '512MB'");
  for (const { restore } of parked.reverse()) await owner.query(restore);
  const after = await guardsOf(owner);
  if (before !== after || !after.includes('A')) throw new Error('The guards are not what they were before the load');
}

async function guardsOf(owner: ClientBase): Promise<string> {
  const { rows } = await owner.query<{ guards: string }>(
    `SELECT string_agg(tgrelid::regclass::text || ' ' || tgname || ' ' || tgenabled::text, ', ' ORDER BY tgrelid::regclass::text, tgname) AS guards
     FROM pg_trigger WHERE NOT tgisinternal`,
  );
  return rows[0]!.guards;
}
