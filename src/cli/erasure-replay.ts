import { DomainError } from '../kernel/domain-error';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import { openDatabase } from '../platform/database/database-access';
import { tuneGarbageCollection } from '../platform/heap';
import { replay, type Replayed } from '../app/replay';
import { OperatorConsole } from './operator-console';
import { reportAndExit } from './report-and-exit';

const USAGE = 'Usage: npm run erasure:replay -- LEDGER';

const CONFLICTS = 3;

const REFUSALS: Readonly<Record<string, (extensions: Readonly<Record<string, unknown>>) => string>> = {
  LEDGER_EMPTY: () => 'There is no ledger in this folder.',
  LEDGER_MALFORMED: () => 'The ledger is damaged: a line of it is no entry. Nothing behind it was done.',
  LEDGER_INCOMPLETE: ({ entry }) =>
    `The ledger ends after ${String(entry)} entries, before its newest checkpoint; take a complete copy of it.`,
  LEDGER_FORGED: () =>
    "A checkpoint of the ledger is not signed by this log's keys (LETHE_KEYS_DIR), or signs other entries. Nothing was done.",
  AUDIT_LOG_FORKED: () =>
    'Database and ledger hold different entries at the same places: they belong to different histories. Nothing was done.',
  AUDIT_LOG_IN_USE: () =>
    'Another process gives entries of the log their place: the product serves, or another replay is under way.',
  LEDGER_CONFLICT: () =>
    'The database has entries of its own in the place of those of the ledger; what comes before them is done.',
};

/** `npm run erasure:replay`: after a restore, erases again whom the backup has brought back. */
async function main(parameters: readonly string[]): Promise<number> {
  const [folder, ...others] = parameters;
  if (folder === undefined || folder.startsWith('-') || others.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
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
  operator.line(`entries of the ledger: ${report.ledger}, behind its newest checkpoint: ${report.unsigned}`);
  operator.line(`entries brought back: ${report.entries}`);
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
  if (report.pausedRuns > 0) operator.line(`runs that were under way, paused: ${report.pausedRuns}`);
  operator.line(`legal holds set again: ${report.holdsSet.length}`);
  for (const customerId of report.holdsSet) operator.line(`  customer ${customerId}`);
  if (report.cleanup === 'HINDERED' || report.cleanup === 'ELSEWHERE')
    operator.line('Old values are still readable in dead rows: the product cleans them up as soon as it can.');
}

main(process.argv.slice(2)).then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    const line = error instanceof DomainError ? REFUSALS[error.code]?.(error.extensions) : undefined;
    if (line === undefined) reportAndExit(error);
    process.stderr.write(`${line}\n`);
    process.exit(1);
  },
);
