import { DomainError } from '../kernel/domain-error';
import { Ledger } from '../libraries/transparency-log';
import { AuditLog, ERASURE_CONFLICT, ErasureConflicts, LedgerAnchor, LogKeys, TreeReader } from '../modules/audit';
import { Clock } from '../platform/clock/clock';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { createDataSource } from '../platform/database/data-source';
import { openDatabase } from '../platform/database/database-access';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { KeyFolder } from '../platform/keys/key-folder';

/**
 * Opens the database for a command that changes it. A restored one is refused: it gets nothing of its own before what it misses.
 *
 * @throws DomainError as {@link openDatabase}, why database and ledger do not belong together, or `ERASURE_CONFLICT`
 */
export async function openForChanges(config: LetheConfig): Promise<DatabaseAccess> {
  const database = await openDatabase(config, 'attach');
  try {
    await requireLedger(config, database);
    await requireNoConflict(config, database);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** @throws DomainError why database and ledger do not belong together */
export async function requireLedger(config: LetheConfig, database: DatabaseAccess): Promise<void> {
  const dataSource = await createDataSource(database.as('lethe_app'), [], 1).initialize();
  try {
    const transaction = new TransactionRunner(dataSource);
    const keys = await LogKeys.openFor(await KeyFolder.open(config.keysFolder), transaction.queryAlone);
    const ledger = new Ledger(config.ledgerFolder);
    const fault = await new LedgerAnchor(transaction, new TreeReader(transaction), ledger, keys).compare();
    if (fault !== null) throw new DomainError(fault);
  } finally {
    await dataSource.destroy();
  }
}

/** @throws DomainError `ERASURE_CONFLICT` while a conflict of a replay is open */
export async function requireNoConflict(config: LetheConfig, database: DatabaseAccess): Promise<void> {
  const dataSource = await createDataSource(database.as('lethe_app'), [], 1).initialize();
  try {
    const [transaction, clock] = [new TransactionRunner(dataSource), new Clock(config)] as const;
    const conflicts = new ErasureConflicts(transaction, new AuditLog(transaction, clock), clock);
    if (await conflicts.isAnyOpen()) throw new DomainError(ERASURE_CONFLICT);
  } finally {
    await dataSource.destroy();
  }
}
