import { DISMISSAL_REASONS, type DismissalReason } from '../../modules/audit';
import type { Settlement } from '../../modules/replay';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openDatabase } from '../../platform/database/database-access';
import { resolveConflicts, type Settled } from '../../app/replay';
import { conflictLines } from '../conflict-lines';
import { requireLedger } from '../open-for-changes';
import { type CommandOptions, defineCommand, type ValuesOf, WrongUsage } from '../define-command';

const CONFLICTS_OPEN = 3;

const OPTIONS = {
  retry: { type: 'boolean', purpose: 'retries all open conflicts' },
  erase: {
    type: 'string',
    value: 'CONFLICT',
    purpose: 'anonymizes the customer of this conflict; this cannot be undone',
  },
  customer: { type: 'string', value: 'CUSTOMER_NUMBER', purpose: 'confirms the customer that --erase anonymizes' },
  dismiss: { type: 'string', value: 'CONFLICT', purpose: 'closes this conflict without changing a customer' },
  reason: {
    type: 'string',
    value: 'REASON',
    purpose: `why the conflict is dismissed: ${DISMISSAL_REASONS.join(', ')}`,
  },
} as const satisfies CommandOptions;

type Values = ValuesOf<typeof OPTIONS>;

/** `npm run erasure:resolve`: settles the open conflicts of a replay. */
async function run(settlement: Settlement | null): Promise<number> {
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

/** The settlement that the options describe; null to only list conflicts, undefined for invalid options. */
function settlementOf(values: Values): Settlement | null | undefined {
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

export const command = defineCommand({
  name: 'erasure:resolve',
  usage: ['', '--retry', '--erase CONFLICT --customer CUSTOMER_NUMBER', '--dismiss CONFLICT --reason REASON'],
  purpose: 'Lists and settles the conflicts of a replay.',

  options: OPTIONS,
  exitCodes: { 0: 'no conflict is open', 3: 'conflicts are open; /health/ready answers 503 with ERASURE_CONFLICT' },
  run: async (values) => {
    const settlement = settlementOf(values);
    if (settlement === undefined) throw new WrongUsage();
    return run(settlement);
  },
});
