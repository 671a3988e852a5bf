import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Response } from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { textOfPages } from './pdf-text';
import { noteInSink } from './sinks';

/** Every table that is about customers and holds no personal data. */
export const TABLES_WITHOUT_PERSONS = [
  'anonymization_run',
  'anonymization_run_item',
  'blocked_customer',
  'erasure_conflict',
  'idempotency_answer',
  'outbox',
  'audit.announced',
  'audit.claim',
  'audit.entry',
  'audit.epoch',
  'audit.pending',
  'audit.position',
  'audit.tile',
  'audit.checkpoint',
];

/**
 * Routes that show customers to authorized users. All other responses, exports included, must not contain personal
 * data.
 */
const SHOWS_CUSTOMERS =
  /^\/(customers|documents|invoices|quotes|service-contracts|care-cases|device-loans|cards|enrollments|selections\/[^/]+|anonymization-runs\/[^/]+\/items)\b/;
const NAMES_NOBODY = /\/(by-number\/[^/]+|anonymization(\/preview)?|anonymization-receipt|legal-hold)$/;

const mayShowCustomers = (path: string): boolean => SHOWS_CUSTOMERS.test(path) && !NAMES_NOBODY.test(path);

/** Records refusals and every response that must not contain personal data. */
export const notingAnswers = (agent: TestAgent): TestAgent =>
  agent.on('response', (response: Response) => {
    const path = new URL(response.request.url).pathname.replace('/api/v1', '');
    if (response.status < 400 && mayShowCustomers(path)) return;
    noteInSink('answers', `${path}\n${JSON.stringify(response.headers)}\n${contentOf(response)}\n`);
  });

const contentOf = ({ text, body, type }: Response): string =>
  type === 'application/pdf' && Buffer.isBuffer(body) ? textOfPages(body).join('\n') : (text ?? JSON.stringify(body));

export async function noteTables(sql: Client): Promise<void> {
  for (const table of TABLES_WITHOUT_PERSONS) {
    const { rows } = await sql.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    noteInSink('database', [table, ...rows.map(({ row }) => row), ''].join('\n'));
  }
}

/** Statements of the product only; a test's own queries may contain anything. */
export async function statementsUnderWay(sql: Client): Promise<string[]> {
  const { rows } = await sql.query<{ query: string }>(
    `SELECT DISTINCT query FROM pg_stat_activity WHERE application_name LIKE 'lethe%'`,
  );
  return rows.map(({ query }) => query);
}

export function noteLedger(folder: string): void {
  const entries = join(folder, 'entries');
  if (!existsSync(entries)) return;
  for (const name of readdirSync(entries)) noteInSink('ledger', readFileSync(join(entries, name), 'utf8'));
}
