import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Client } from 'pg';
import { openEnvelope } from '../modules/archive';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import { type DatabaseAccess, ownerThrough } from '../platform/database/connection';
import { openDatabase } from '../platform/database/database-access';
import { connectAs } from '../platform/database/session';
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

/** Characters; shorter values occur by chance. */
const SHORTEST_VALUE = 6;
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

  const ofOthers = textOfOthers(source, run.anonymized);
  const dump = await dumpDatabase(access);
  const own = personalValues(
    source,
    (number) => run.anonymized.has(number),
    ({ first_name, last_name }) => [first_name && last_name ? `${first_name} ${last_name}` : undefined],
  );
  // The street of a couple, a father in his daughter's note: records of others are never changed.
  const sought = own.filter((value) => !ofOthers.includes(value));
  const left = sought.filter((value) => dump.includes(value));
  check('values of the anonymized that are left', left.length === 0, `${left.length} of ${sought.length}`);
  console.log(`      (${own.length - sought.length} more stand in records of others, too, which nobody changes)`);
  const others = personalValues(
    source,
    (number) => !run.anonymized.has(number),
    ({ first_name, last_name }) => [first_name, last_name],
  );
  const lost = others.filter((value) => !dump.includes(value));
  check('values of the others that are lost', lost.length === 0, `${lost.length} of ${others.length}`);
  await checkFiscalCopies(access, config, source, run.anonymized);
}

/** E-mail, phones, streets and names of customers, as the files have them; in the database first and last name are columns of their own. */
function personalValues(
  source: string,
  isWanted: (customerNumber: string) => boolean,
  namesOf: (row: Row) => (string | undefined)[],
): string[] {
  const of = (file: string) => csv(source, file).filter(({ customer_number }) => isWanted(customer_number!));
  return [
    ...of('customers.csv').flatMap((row) => [row.email, row.phone, row.mobile, ...namesOf(row)]),
    ...of('addresses.csv').flatMap(({ street, phone }) => [street, phone]),
  ].filter((value) => value !== undefined && value.length >= SHORTEST_VALUE) as string[];
}

/** Every cell of every row that belongs to somebody who was not anonymized. */
function textOfOthers(source: string, anonymized: ReadonlySet<string>): string {
  const owners = new Map(csv(source, 'invoices.csv').map(({ number, customer_number }) => [number, customer_number]));
  return readdirSync(source)
    .filter((file) => file.endsWith('.csv'))
    .flatMap((file) => csv(source, file))
    .filter(
      ({ customer_number, invoice_number }) => !anonymized.has(customer_number ?? owners.get(invoice_number) ?? ''),
    )
    .flatMap((row) => Object.values(row))
    .join('\n');
}

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
  const client = await connectAs(ownerThrough(access.as('lethe_migrator')));
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

main(process.argv.slice(2)).catch(reportAndExit);
