import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { openEnvelope } from '../modules/archive';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { openDatabase } from '../platform/database/database-access';
import { serve } from '../serve';
import { importInto } from './import-into';
import { RehearsalApi } from './rehearsal-api';
import { reportAndExit } from './report-and-exit';

/*
 * `npm run rehearse -- DIR [SELECTION]`: imports a folder into a throw-away database, anonymizes a selection through the API, and checks against the
 * folder's own files what is left. Says counts, never values.
 */

type Row = Readonly<Record<string, string | undefined>>;

interface FiscalDocument {
  readonly number: string;
  readonly recipientName: string | null;
  readonly recipientAddress: string | null;
}

const PASSWORD = 'rehearsal only';
let failures = 0;

function check(what: string, holds: boolean, found: unknown): void {
  if (!holds) failures++;
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}: ${String(found)}`);
}

async function main([folder, selectionName = 'Alle Kunden']: readonly string[]): Promise<void> {
  if (folder === undefined) {
    console.error('Usage: npm run rehearse -- DIR [SELECTION]');
    process.exit(2);
  }
  const source = callerPath(folder);
  const dataDir = await mkdtemp(join(tmpdir(), 'lethe-rehearsal-'));
  await chmod(dataDir, 0o711); // where root starts it, the database runs as somebody else
  try {
    const config = LetheConfig.from({
      PORT: '0',
      LETHE_DATA_DIR: join(dataDir, 'data'),
      LETHE_BOOTSTRAP_PASSWORD: PASSWORD,
      LETHE_LOG_LEVEL: 'error',
    });
    const access = await openDatabase(config, 'serve');
    const service = await serve(config, access);
    try {
      await importInto(access, config, source, false);
      await rehearse(new RehearsalApi(service.address, PASSWORD), access, config, source, selectionName);
    } finally {
      await service.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
  console.log(
    failures === 0
      ? 'Nothing of the anonymized is left, and nothing of the others is lost.'
      : `${failures} checks failed.`,
  );
  process.exit(failures === 0 ? 0 : 1);
}

async function rehearse(
  api: RehearsalApi,
  access: DatabaseAccess,
  config: LetheConfig,
  source: string,
  selectionName: string,
): Promise<void> {
  await api.logIn();
  const revenue = await api.revenue();
  const run = await api.anonymizeSelection(selectionName);
  const { total, anonymized, blocked, failed } = run.counts;
  check('customers of the selection', total > 0, total);
  check('anonymized', anonymized > 0, anonymized);
  check('blocked', failed === 0, `${blocked} (${[...run.blockerCodes].join(', ') || 'none'}), failed ${failed}`);
  const after = await api.revenue();
  check('revenue before and after, in cents', revenue === after, `${revenue} and ${after}`);

  const values = personalValues(source);
  const forgotten = [...values.keys()].filter((number) => run.anonymized.has(number));
  const others = [...values.keys()].filter((number) => !run.anonymized.has(number));
  const ofOthers = new Set(others.flatMap((number) => values.get(number)!));
  const dump = await dumpDatabase(access);
  // a value that somebody else has, too, such as the street of a couple, has a reason to be there
  const own = forgotten.flatMap((number) => values.get(number)!).filter((value) => !ofOthers.has(value));
  const left = own.filter((value) => dump.includes(value));
  check('values of the anonymized that are left', left.length === 0, `${left.length} of ${own.length}`);
  const lost = [...ofOthers].filter((value) => !dump.includes(value));
  check('values of the others that are lost', lost.length === 0, `${lost.length} of ${ofOthers.size}`);
  await checkFiscalCopies(access, config, source, run.anonymized);
}

/** E-mail, phones, street and full name of each customer, by customer number, as the files have them. */
function personalValues(source: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { customer_number, first_name, last_name, email, phone, mobile } of csv(source, 'customers.csv'))
    values.set(
      customer_number!,
      given(email, phone, mobile, first_name && last_name ? `${first_name} ${last_name}` : undefined),
    );
  for (const { customer_number, street, phone } of csv(source, 'addresses.csv'))
    values.get(customer_number!)?.push(...given(street, phone));
  return values;
}

/** Values of at least six characters: shorter ones occur by chance. */
const given = (...values: readonly (string | undefined)[]): string[] =>
  values.filter((value): value is string => value !== undefined && value.length >= 6);

function csv(source: string, file: string): Row[] {
  return parse(readFileSync(join(source, file)), { columns: true, bom: true });
}

/** Every column of every table as one text, by way of the catalogue. */
async function dumpDatabase(access: DatabaseAccess): Promise<string> {
  return asOwner(access, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'm', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      // columns one by one: a row as text would double quotation marks and hide values that hold one
      const { rows } = await client.query<{ text: string }>(
        `SELECT column_value.value AS text FROM ${name} t CROSS JOIN LATERAL jsonb_each_text(to_jsonb(t)) AS column_value WHERE column_value.value IS NOT NULL`,
      );
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join('\n');
  });
}

/** Opens every fiscal copy with the identity and holds it against the folder's invoices. */
async function checkFiscalCopies(
  access: DatabaseAccess,
  config: LetheConfig,
  source: string,
  anonymized: ReadonlySet<string>,
): Promise<void> {
  const identity = readFileSync(join(config.keysFolder, 'fiscal-seal.identity'), 'utf8');
  const copies = await asOwner(access, (client) =>
    client.query<{ content_id: string; sealed_content: Buffer; sealed_key: string }>(
      `SELECT d.content_id, d.sealed_content, e.sealed_key FROM archive_document d JOIN fiscal_envelope e ON e.id = d.envelope_id
       WHERE d.type = 'FISCAL_COPY'`,
    ),
  );
  const sealed = new Map<string, FiscalDocument>();
  for (const { content_id, sealed_content, sealed_key } of copies.rows) {
    const envelope = await openEnvelope(sealed_key, identity);
    const copy = JSON.parse(envelope.decrypt(content_id, sealed_content).toString()) as { documents: FiscalDocument[] };
    for (const document of copy.documents) sealed.set(document.number, document);
  }
  const firstDay = `${new Date().getFullYear() - 8}-01-01`;
  const due = csv(source, 'invoices.csv').filter(
    ({ customer_number, status, issued_on }) =>
      status === 'ISSUED' && anonymized.has(customer_number!) && issued_on! >= firstDay,
  );
  const readable = due.filter(({ number, recipient_name, recipient_address }) => {
    const document = sealed.get(number!);
    return (
      (document?.recipientName ?? '') === recipient_name && (document?.recipientAddress ?? '') === recipient_address
    );
  });
  check(
    `invoices readable with name and address in ${copies.rows.length} fiscal copies`,
    readable.length === due.length,
    `${readable.length} of ${due.length}`,
  );
}

async function asOwner<T>(access: DatabaseAccess, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(access.as('lethe_migrator'));
  await client.connect();
  try {
    await client.query('SET ROLE lethe_owner');
    return await work(client);
  } finally {
    await client.end();
  }
}

main(process.argv.slice(2)).catch(reportAndExit);
