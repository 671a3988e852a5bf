import type { Client } from 'pg';

/** Every file of the client's database as stored on disk, in lower case, read by a superuser after a checkpoint. */
export async function databaseFiles(sql: Client): Promise<ReadonlyMap<string, string>> {
  await sql.query('CHECKPOINT');
  const { rows } = await sql.query<{ path: string }>(
    `SELECT d.path || '/' || name AS path
     FROM (SELECT 'base/' || oid AS path FROM pg_database WHERE datname = current_database()) AS d, pg_ls_dir(d.path) AS name`,
  );
  const files = new Map<string, string>();
  for (const { path } of rows) {
    const file = await sql.query<{ bytes: Buffer | null }>(
      'SELECT pg_read_binary_file($1, 0, 67108864, true) AS bytes',
      [path],
    );
    files.set(path, (file.rows[0]!.bytes ?? Buffer.alloc(0)).toString('latin1').toLowerCase());
  }
  return files;
}

/** The relations whose files contain a value. The value has only ASCII letters. */
export async function relationsWith(sql: Client, files: ReadonlyMap<string, string>, value: string): Promise<string[]> {
  const wanted = value.toLowerCase();
  const nodes = [...files].filter(([, bytes]) => bytes.includes(wanted)).map(([path]) => /(\d+)[^/]*$/.exec(path)![1]);
  const { rows } = await sql.query<{ name: string }>(
    `SELECT DISTINCT coalesce((SELECT oid::regclass::text FROM pg_class WHERE pg_relation_filenode(oid) = node), node::text) AS name
     FROM unnest($1::oid[]) AS node ORDER BY 1`,
    [nodes],
  );
  return rows.map(({ name }) => name);
}
