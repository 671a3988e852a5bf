import { randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DatabaseScan, type ScanResult, ValueSearch } from '../modules/anonymization';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import { openDatabase } from '../platform/database/database-access';
import { reportAndExit } from './report-and-exit';
import { readScanValues, type ValuesByCustomer } from './scan-values';

const USAGE = `Usage: npm run erasure:scan -- --values FILE [--sample N]

  --values FILE  CSV lines customerId,value,… or JSON lines {"customerId": "…", "email": "…"}: what must not be found any more
  --sample N     looks for the values of N of these customers, drawn by lot

Exit code: 0 nothing found, 1 something found or not done, 2 wrong usage.`;

interface Parameters {
  readonly values: string;
  readonly sample: number | null;
}

/** `npm run erasure:scan`: looks for values that were supplied from outside in every column of every table, and in the statistics. */
async function main(): Promise<void> {
  const { values, sample } = readParameters(process.argv.slice(2));
  const text = await readFile(callerPath(values), 'utf8').catch(() => refuse('The file of values cannot be read.'));
  const supplied = readScanValues(text);
  if (typeof supplied === 'number')
    refuse(`Record ${supplied} of the file of values cannot be read, or names no customer by id.`);
  const customers = draw(supplied, sample);
  const search = new ValueSearch();
  const all = [...customers].flatMap(([id, own]) => own.map((value) => search.add(id, value)));
  const wanted = all.filter(Boolean).length;
  if (wanted === 0) refuse('The file holds no value of at least 6 letters or digits.');
  report(await scan(search));
  console.log(`${wanted} values of ${customers.size} customers looked for, ${all.length - wanted} too short.`);
}

async function scan(search: ValueSearch): Promise<ScanResult> {
  const database = await openDatabase(LetheConfig.fromEnvironment(), 'attach');
  try {
    return await DatabaseScan.of(database.as('lethe_migrator'), search);
  } finally {
    await database.stop();
  }
}

function report({ findings, columns }: ScanResult): void {
  for (const { customerId, place, rows } of findings) console.log(`${customerId} ${place} ${rows}`);
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
  const drawn = new Map<string, readonly string[]>();
  while (drawn.size < sample && rest.length > 0) {
    const [[id, values]] = rest.splice(randomInt(rest.length), 1) as [[string, readonly string[]]];
    drawn.set(id, values);
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
