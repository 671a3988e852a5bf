import type { INestApplicationContext } from '@nestjs/common';
import { DomainError } from '../kernel/domain-error';
import { ERASURE_CONFLICT, ErasureConflicts, LEDGER_PROVIDERS, LedgerAnchor } from '../modules/audit';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { openDatabase } from '../platform/database/database-access';
import { KEY_FOLDER, type Tools, withTools } from './tools.module';

const TOOLS: Tools = { role: 'lethe_app', providers: [KEY_FOLDER, ...LEDGER_PROVIDERS] };

/**
 * Opens the database for a command that changes it. Refuses a restored database, whose ledger must be replayed first.
 *
 * @throws DomainError as {@link openDatabase}, the fault of the ledger, or `ERASURE_CONFLICT`
 */
export async function openForChanges(config: LetheConfig): Promise<DatabaseAccess> {
  const database = await openDatabase(config, 'attach');
  try {
    await requireReplayed(config, database);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
}

/** @throws DomainError the fault of the ledger when it does not match the database */
export const requireLedger = (config: LetheConfig, database: DatabaseAccess): Promise<void> =>
  withTools(config, database, TOOLS, checkLedger);

/** @throws DomainError the fault of the ledger, or `ERASURE_CONFLICT` while a conflict of a replay is open */
export const requireReplayed = (config: LetheConfig, database: DatabaseAccess): Promise<void> =>
  withTools(config, database, TOOLS, async (tools) => {
    await checkLedger(tools);
    await checkConflicts(tools);
  });

async function checkLedger(tools: INestApplicationContext): Promise<void> {
  const fault = await tools.get(LedgerAnchor).compare();
  if (fault !== null) throw new DomainError(fault);
}

async function checkConflicts(tools: INestApplicationContext): Promise<void> {
  if (await tools.get(ErasureConflicts).isAnyOpen()) throw new DomainError(ERASURE_CONFLICT);
}
