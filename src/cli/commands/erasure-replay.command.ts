import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import { openDatabase } from '../../platform/database/database-access';
import { tuneGarbageCollection } from '../../platform/heap';
import { replay, type Replayed } from '../../app/replay';
import { OperatorConsole } from '../operator-console';
import { defineCommand } from '../define-command';

const CONFLICTS = 3;

/** `npm run erasure:replay`: after a restore, repeats the erasure of customers that the backup brought back. */
async function run(folder: string): Promise<number> {
  tuneGarbageCollection();
  const config = LetheConfig.fromEnvironment().withLogLevel('error');
  const operator = new OperatorConsole(process.stdin, process.stdout);
  const access = await openDatabase(config, 'attach');
  try {
    const report = await replay(config, access, callerPath(folder), (placed, ledger) =>
      operator.progress(`${placed} of ${ledger} entries`),
    );
    show(report, operator);
    return report.conflicts.length > 0 ? CONFLICTS : 0;
  } finally {
    await access.stop();
  }
}

function show(report: Replayed, operator: OperatorConsole): void {
  operator.line(`entries of the ledger: ${report.ledger}, after its newest checkpoint: ${report.unsigned}`);
  operator.line(`entries restored: ${report.entries}`);
  operator.line(`customers anonymized again: ${report.erased}`);
  operator.line(`customers merged again: ${report.merged}`);
  operator.line(`customers who are not in the backup: ${report.absent}`);
  operator.line(`conflicts: ${report.conflicts.length}`);
  for (const { id, code, customerId, otherCustomerId, failureCode } of report.conflicts) {
    const further = [failureCode, otherCustomerId].filter((each) => each !== null).join(', ');
    operator.line(`  ${id}: LEDGER_CONFLICT ${code}, customer ${customerId}${further === '' ? '' : ` (${further})`}`);
  }
  if (report.conflicts.length > 0)
    operator.line('The product does not serve (ERASURE_CONFLICT) until they are settled: npm run erasure:resolve');
  if (report.pausedRuns > 0) operator.line(`interrupted runs, now paused: ${report.pausedRuns}`);
  operator.line(`legal holds set again: ${report.holdsSet.length}`);
  for (const customerId of report.holdsSet) operator.line(`  customer ${customerId}`);
  if (report.cleanup === 'HINDERED' || report.cleanup === 'ELSEWHERE')
    operator.line('Old values are still readable in dead rows: the product cleans them up as soon as it can.');
}

export const command = defineCommand({
  name: 'erasure:replay',
  usage: ['LEDGER'],
  purpose: 'Repeats the erasures of the ledger in a restored database.',
  operands: [1, 1],
  options: {},
  exitCodes: { 3: 'done, but conflicts are open' },
  run: (_, [folder]) => run(folder!),
});
