import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { SELECT_IDS_BY_NUMBER } from '../../modules/customer';
import { DatabaseScan, IdentifierSearch, type ScanResult } from '../../modules/erasure-upkeep';
import type { Identifier, IdentifierKind } from '../../libraries/redaction';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import type { DatabaseAccess } from '../../platform/database/connection';
import { openDatabase } from '../../platform/database/database-access';
import { connectAs } from '../../platform/database/session';
import { defineCommand, WrongUsage } from '../define-command';
import { readScanValues, type ScanValue, type ValuesByCustomer } from '../scan-values';

/**
 * `npm run erasure:scan`: searches every column of every table, and the statistics, for the values of a file, in every
 * spelling that the redaction recognizes.
 */
async function run(values: string, sample: number | null): Promise<number> {
  const text = await readFile(callerPath(values), 'utf8').catch(() => {
    throw new WrongUsage('The values file cannot be read.');
  });
  const supplied = readScanValues(text);
  if (typeof supplied === 'number')
    throw new WrongUsage(`Record ${supplied} of the values file cannot be read, or has no customer.`);
  const customers = draw(supplied, sample);
  const search = new IdentifierSearch();
  const given = [...customers.values()].flat().length;
  const wanted = [...customers].reduce((sum, [customer, own]) => sum + addValues(search, customer, own), 0);
  if (wanted === 0) throw new WrongUsage('The values file has no value with at least 6 letters or digits.');
  const result = await scan(search, [...customers.keys()]);
  report(result);
  console.log(
    `Searched for ${wanted} values of ${customers.size} customers; ` +
      `skipped ${given - wanted} that are empty, placeholders or too short.`,
  );
  return result.findings.length > 0 ? 1 : 0;
}

/** @returns number of values that are long enough to be searched for */
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
    return await DatabaseScan.scan(database.as('lethe_migrator'), search, (customer) => idsByNumber.get(customer));
  } finally {
    await database.stop();
  }
}

/**
 * Ids of the customers that the file identifies by number. They distinguish a customer's own records from those of
 * others.
 */
async function idsOf(database: DatabaseAccess, customers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const client = await connectAs(database.as('lethe_app'), { application_name: 'lethe-erasure-scan' });
  try {
    const { rows } = await client.query<{ id: string; number: string }>(SELECT_IDS_BY_NUMBER, [customers]);
    return new Map(rows.map(({ id, number }) => [number, id]));
  } finally {
    await client.end();
  }
}

function report({ findings, columns }: ScanResult): void {
  for (const { customer, location, owner, rows } of findings)
    console.log(`${customer} ${location} ${rows}${owner === 'OTHER' ? ' (records of other customers)' : ''}`);
  console.log(
    findings.length === 0
      ? `No value was found in ${columns} columns and the statistics.`
      : `Values were found in ${findings.length} locations.`,
  );
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

export const command = defineCommand({
  name: 'erasure:scan',
  usage: ['--values FILE [--sample N]'],
  purpose: 'Searches every column and the planner statistics for the values in a file.',

  options: {
    values: {
      type: 'string',
      value: 'FILE',
      purpose:
        'the values that must not be stored: CSV records customer,value,… or JSON lines {"customerId": "…", ' +
        '"email": "…"}. Each customer is given by id or number. In a file with a header that has customer_id, ' +
        'customer_number or Kundennummer, the other columns are named as in import folders',
    },
    sample: { type: 'string', value: 'N', purpose: 'searches for the values of N randomly chosen customers' },
  },
  exitCodes: {
    0: 'no value was found',
    1: 'a value was found, or the search failed',
    2: 'wrong usage, or a file that cannot be read',
  },
  run: async ({ values, sample }) => {
    if (values === undefined || (sample !== undefined && !/^[1-9]\d{0,8}$/.test(sample))) throw new WrongUsage();
    return run(values, sample === undefined ? null : Number(sample));
  },
});
