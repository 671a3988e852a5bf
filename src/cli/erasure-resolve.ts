import { parseArgs } from 'node:util';
import { DISMISSAL_REASONS, type DismissalReason } from '../modules/audit';
import type { Settlement } from '../modules/replay';
import { LetheConfig } from '../platform/config/lethe-config';
import { openDatabase } from '../platform/database/database-access';
import { resolveConflicts, type Settled } from '../app/replay';
import { conflictLines } from './conflict-lines';
import { requireLedger } from './open-for-changes';
import { reportAndExit } from './report-and-exit';

const USAGE = `Usage: npm run erasure:resolve                                                  lists open conflicts
       npm run erasure:resolve -- --retry                                       tries all of them again
       npm run erasure:resolve -- --erase CONFLICT --customer CUSTOMER_NUMBER   anonymizes the customer; cannot be undone
       npm run erasure:resolve -- --dismiss CONFLICT --reason ${DISMISSAL_REASONS.join('|')}
Exit code 3: conflicts are open; /health/ready answers 503 with ERASURE_CONFLICT.`;

const CONFLICTS_OPEN = 3;

/** `npm run erasure:resolve`: settles conflicts that a replay has left open. */
async function main(parameters: readonly string[]): Promise<number> {
  const settlement = settlementOf(parameters);
  if (settlement === undefined) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const config = LetheConfig.fromEnvironment().withLogLevel('error');
  const access = await openDatabase(config, 'attach');
  try {
    await requireLedger(config, access);
    const settled = await resolveConflicts(config, access, settlement);
    show(settled, settlement);
    return settled.open.length > 0 ? CONFLICTS_OPEN : 0;
  } finally {
    await access.stop();
  }
}

/** Null: only lists. Undefined: cannot be read. */
function settlementOf(parameters: readonly string[]): Settlement | null | undefined {
  const values = valuesOf(parameters);
  if (values === undefined) return undefined;
  const { retry, erase, customer, dismiss, reason } = values;
  const given = Object.keys(values).sort().join(' ');
  if (given === '') return null;
  if (given === 'retry' && retry === true) return { kind: 'RETRY' };
  if (given === 'customer erase' && isNumber(erase))
    return { kind: 'ERASE', conflictId: erase, customerNumber: customer! };
  if (given === 'dismiss reason' && isNumber(dismiss) && isReason(reason))
    return { kind: 'DISMISS', conflictId: dismiss, reason };
  return undefined;
}

function valuesOf(parameters: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { retry: { type: 'boolean' }, erase: text, customer: text, dismiss: text, reason: text } as const;
  try {
    return parseArgs({ args: [...parameters], options, strict: true }).values;
  } catch (error) {
    if (error instanceof TypeError) return undefined; // an unknown option, or one without its value
    throw error;
  }
}

const isNumber = (text: string | undefined): text is string => text !== undefined && /^[1-9]\d{0,17}$/.test(text);

const isReason = (text: string | undefined): text is DismissalReason =>
  DISMISSAL_REASONS.some((reason) => reason === text);

function show(settled: Settled, settlement: Settlement | null): void {
  if (settlement !== null) {
    console.log(`customers anonymized: ${settled.erased}`);
    console.log(`customers merged: ${settled.merged}`);
    console.log(`conflicts dismissed: ${settled.dismissed}`);
  }
  console.log(`open conflicts: ${settled.open.length}`);
  for (const line of settled.open.flatMap(conflictLines)) console.log(line);
  if (settled.cleanup === 'HINDERED' || settled.cleanup === 'ELSEWHERE')
    console.log('Old values are still readable in dead rows: the product cleans them up as soon as it can.');
}

main(process.argv.slice(2)).then((exitCode) => process.exit(exitCode), reportAndExit);
