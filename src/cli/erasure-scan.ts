import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DatabaseScan, IdentifierSearch, type ScanResult } from '../modules/erasure-upkeep';
import type { Identifier, IdentifierKind } from '../libraries/redaction';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { openDatabase } from '../platform/database/database-access';
import { connectAs } from '../platform/database/session';
import { reportAndExit } from './report-and-exit';
import { readScanValues, type ScanValue, type ValuesByCustomer } from './scan-values';

const USAGE = `Usage: npm run erasure:scan -- --values FILE [--sample N]

  --values FILE  what must not be found any more: CSV records customer,value,… or JSON lines {"customerId": "…", "email": "…"}.
                 A customer is named by id or customer number. A header with one of the columns customer_id, customer_number or Kundennummer is
                 recognized, and tells by the names of import folders what the other columns hold.
  --sample N     looks for the values of N of these customers, drawn by lot

Exit code: 0 nothing found, 1 something found or not done, 2 wrong usage.`;

interface Parameters {
  readonly values: string;
  readonly sample: number | null;
}

/**
 * `npm run erasure:scan`: looks for values that were supplied from outside, in every spelling that the redaction knows, in every column of every table
 * and in the statistics.
 */
async function main(): Promise<void> {
  const { values, sample } = readParameters(process.argv.slice(2));
  const text = await readFile(callerPath(values), 'utf8').catch(() => refuse('The file of values cannot be read.'));
  const supplied = readScanValues(text);
  if (typeof supplied === 'number')
    refuse(`Record ${supplied} of the file of values cannot be read, or names no customer.`);
  const customers = draw(supplied, sample);
  const search = new IdentifierSearch();
  const given = [...customers.values()].flat().length;
  const wanted = [...customers].reduce((sum, [customer, own]) => sum + addValues(search, customer, own), 0);
  if (wanted === 0) refuse('The file holds no value of at least 6 letters or digits.');
  report(await scan(search, [...customers.keys()]));
  console.log(
    `${wanted} values of ${customers.size} customers looked for, ${given - wanted} that are too short or no value passed over.`,
  );
}

/** @returns how many of the values are looked for */
function addValues(search: IdentifierSearch, customer: string, values: readonly ScanValue[]): number {
  const named = values.filter(isIdentifier);
  const names = named.filter(({ kind }) => NAMES.has(kind));
  const areFull = names.length > 0 && search.addIdentifiers(customer, names) > 0;
  const texts = values.filter((value) => !isIdentifier(value) || (!areFull && NAMES.has(value.kind)));
  const others = named.filter(({ kind }) => !NAMES.has(kind));
  return (
    (areFull ? names.length : 0) +
    others.filter((identifier) => search.addIdentifiers(customer, [identifier]) > 0).length +
    texts.filter(({ value }) => search.addText(customer, value)).length
  );
}

const NAMES: ReadonlySet<IdentifierKind> = new Set(['FIRST_NAME', 'LAST_NAME', 'BIRTH_NAME']);
const isIdentifier = (value: ScanValue): value is Identifier => value.kind !== null;

async function scan(search: IdentifierSearch, customers: readonly string[]): Promise<ScanResult> {
  const database = await openDatabase(LetheConfig.fromEnvironment(), 'attach');
  try {
    const idsByNumber = await idsOf(database, customers);
    return await DatabaseScan.of(database.as('lethe_migrator'), search, (customer) => idsByNumber.get(customer));
  } finally {
    await database.stop();
  }
}

/** The ids of the customers whom the file names by number, so that their own records are told from those of others. */
async function idsOf(database: DatabaseAccess, customers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const client = await connectAs(database.as('lethe_app'), { application_name: 'lethe-erasure-scan' });
  try {
    const { rows } = await client.query<{ id: string; number: string }>(
      'SELECT id, customer_number AS number FROM customer WHERE customer_number = ANY ($1::text[])',
      [customers],
    );
    return new Map(rows.map(({ id, number }) => [number, id]));
  } finally {
    await client.end();
  }
}

function report({ findings, columns }: ScanResult): void {
  for (const { customer, place, owner, rows } of findings)
    console.log(`${customer} ${place} ${rows}${owner === 'OTHER' ? ' (records of other customers)' : ''}`);
  console.log(
    findings.length === 0
      ? `Nothing was found in ${columns} columns and the statistics.`
      : `Found in ${findings.length} places.`,
  );
  if (findings.length > 0) process.exitCode = 1;
}

function draw(customers: ValuesByCustomer, sample: number | null): ValuesByCustomer {
  if (sample === null) return customers;
  const rest = [...customers];
  const drawn = new Map<string, readonly ScanValue[]>();
  while (drawn.size < sample && rest.length > 0) {
    const [[customer, values]] = rest.splice(randomInt(rest.length), 1) as [[string, readonly ScanValue[]]];
    drawn.set(customer, values);
  }
  return drawn;
}

function readParameters(given: readonly string[]): Parameters {
  try {
    const text = { type: 'string' } as const;
    const { values, sample } = parseArgs({ args: [...given], options: { values: text, sample: text } }).values;
    if (values !== undefined && (sample === undefined || /^[1-9]\d{0,8}$/.test(sample)))
      return { values, sample: sample === undefined ? null : Number(sample) };
  } catch {
    // unknown or incomplete: the usage says what is right
  }
  refuse(USAGE);
}

function refuse(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(2);
}

main().catch(reportAndExit);
