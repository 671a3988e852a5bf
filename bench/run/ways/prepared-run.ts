import { readFile } from 'node:fs/promises';
import type { ClientBase } from 'pg';
import { anonymizedLabel } from '../../../src/kernel/personal-data';
import { newId } from '../../../src/platform/ids';

/** A previewed run over the only selection, for variants that work without the product. */
export interface PreparedRun {
  readonly runId: string;
  readonly actorId: string;
  readonly label: string;
  /** today in the shop's time zone */
  readonly today: string;
  /** how long an invoice counts as recent */
  readonly months: number;
  /** duration of the hand-written check in seconds */
  readonly previewSeconds: number;
}

export async function preparedRun(sql: ClientBase): Promise<PreparedRun> {
  const preview = await readFile('bench/preview-reference.sql', 'utf8'); // commands run in the project's folder
  const [runId, months] = [newId(), 6];
  const { rows } = await sql.query<{ id: string; display_name: string; today: string }>(
    `SELECT id, display_name, ((now() AT TIME ZONE 'Europe/Berlin')::date)::text AS today FROM employee WHERE username = 'admin'`,
  );
  const { id: actorId, display_name, today } = rows[0]!;
  await sql.query(
    `INSERT INTO anonymization_run (id, kind, state, selection_id, created_by, created_at) VALUES ($1, 'SELECTION', 'PREVIEWED', 1, $2, now())`,
    [runId, actorId],
  );
  const start = performance.now();
  await sql.query('BEGIN');
  await sql.query(`SET LOCAL work_mem = '64MB'`); // as much as the product
  await sql.query(preview, [runId, today, months]);
  await sql.query('COMMIT');
  const previewSeconds = (performance.now() - start) / 1000;
  return { runId, actorId, label: anonymizedLabel(today, display_name), today, months, previewSeconds };
}
