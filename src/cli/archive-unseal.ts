import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DomainError } from '../kernel/domain-error';
import { ArchiveUnsealing, LocalContentStore, SealedDocuments, type UnsealedCounts } from '../modules/archive';
import { AuditLog } from '../modules/audit';
import { Clock } from '../platform/clock/clock';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import { createDataSource } from '../platform/database/data-source';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { openForChanges } from './open-for-changes';
import { reportAndExit } from './report-and-exit';

const USAGE = 'Usage: npm run archive:unseal -- --identity FILE [--identity FILE …] --out DIR [--customer NUMBER]';

interface Parameters {
  readonly identities: readonly string[];
  readonly out: string;
  readonly customer: string | null;
}

async function main(): Promise<void> {
  const { identities, out, customer } = readParameters(process.argv.slice(2));
  const identityTexts = await Promise.all(identities.map(readIdentity));
  const counts = await unseal(LetheConfig.fromEnvironment(), identityTexts.join('\n'), callerPath(out), customer);
  console.log(`customers: ${counts.customers}`);
  console.log(`documents: ${counts.documents}`);
}

/** A seal may have changed: what was sealed before is opened by the identity of then. */
const readIdentity = (file: string): Promise<string> =>
  readFile(callerPath(file), 'utf8').catch(() => {
    throw new DomainError('IDENTITY_FILE_UNREADABLE');
  });

async function unseal(
  config: LetheConfig,
  identityText: string,
  out: string,
  customer: string | null,
): Promise<UnsealedCounts> {
  const database = await openForChanges(config);
  try {
    const dataSource = await createDataSource(database.as('lethe_app'), [], 2).initialize();
    try {
      const transaction = new TransactionRunner(dataSource);
      const audit = new AuditLog(transaction, new Clock(config));
      const store = await LocalContentStore.open(config.archiveFolder);
      const unsealing = new ArchiveUnsealing(new SealedDocuments(transaction), store, transaction, audit);
      return await unsealing.unseal(identityText, out, customer);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await database.stop();
  }
}

function readParameters(given: readonly string[]): Parameters {
  try {
    const text = { type: 'string' } as const;
    const options = { identity: { ...text, multiple: true }, out: text, customer: text } as const;
    const { values } = parseArgs({ args: [...given], options });
    const { identity: identities, out, customer = null } = values;
    if (identities !== undefined && out !== undefined) return { identities, out, customer };
  } catch {
    // unknown or incomplete: the usage says what is right
  }
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

main().catch((error: unknown) =>
  reportAndExit(isOfFileSystem(error) ? new DomainError('OUT_DIR_UNWRITABLE', {}, error) : error),
);

const OF_FILE_SYSTEM = ['EACCES', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EROFS', 'EISDIR'];

function isOfFileSystem(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && OF_FILE_SYSTEM.includes(code);
}
