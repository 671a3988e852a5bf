import { cpus, totalmem } from 'node:os';
import type { ClientBase } from 'pg';

/** The machine and versions of the measurement, on one line. */
export async function machine(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ version: string; buffers: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('shared_buffers') AS buffers`,
  );
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const { version, buffers } = rows[0]!;
  return `${cpu?.model.trim()}, ${cpus().length} cores, ${memory}; Node ${process.versions.node}; PostgreSQL ${version}, shared_buffers ${buffers}`;
}
