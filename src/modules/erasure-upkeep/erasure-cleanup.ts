import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { DatabaseAccess } from '../../platform/database/connection';
import { DATABASE_ACCESS } from '../../platform/database/database.module';
import { DomainError } from '../../kernel/domain-error';
import { type CustomerTable, DataMap } from '../data-map';
import { MaintenanceSession } from './maintenance-session';
import { UncleanedRuns } from '../runs';

/** Requests in flight hold snapshots briefly. A longer-lived snapshot defers the cleanup to the next round. */
const MAX_ATTEMPTS = 5;
const PAUSE_MS = 1_000;

export type CleanupResult =
  | { readonly kind: 'CLEANED'; readonly runs: number; readonly tables: number }
  /** prevented by an older snapshot or a lock of another session */
  | { readonly kind: 'HINDERED'; readonly table: string }
  | { readonly kind: 'ELSEWHERE' };

/**
 * Removes old values that finished runs leave in the database. They remain in dead rows and index entries until VACUUM,
 * and in `pg_stats` until ANALYZE. Their bytes may remain in unused parts of pages until {@link ErasureScrub}.
 */
@Injectable()
export class ErasureCleanup {
  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    private readonly map: DataMap,
    private readonly runs: UncleanedRuns,
  ) {}

  /**
   * Cleans up after the runs that wait for it. Stops early with an error when the signal aborts.
   *
   * @throws DomainError `TABLE_NOT_VACUUMED`, `STATISTICS_NOT_FORGOTTEN` with the table
   */
  async cleanUp(signal: AbortSignal): Promise<CleanupResult> {
    const session = await MaintenanceSession.open(this.access.as('lethe_migrator'));
    // errors are ignored, because the process and the session are about to end
    const interrupt = () => void session.interrupt().catch(() => undefined);
    signal.addEventListener('abort', interrupt);
    try {
      signal.throwIfAborted();
      if (!(await session.isAlone())) return { kind: 'ELSEWHERE' };
      const waiting = await this.runs.findWaiting();
      const horizon = await session.horizon(); // read after the runs, so that it is later than their changes
      const tables = await session.sortBySize(this.map.allCustomerTables);
      for (const table of tables)
        if (!(await clean(session, table, horizon, signal))) return { kind: 'HINDERED', table: table.name };
      await vacuumStatistics(session);
      await this.runs.markCleaned(waiting);
      return { kind: 'CLEANED', runs: waiting.ids.length, tables: tables.length };
    } finally {
      signal.removeEventListener('abort', interrupt);
      await session.close();
    }
  }
}

async function clean(
  session: MaintenanceSession,
  table: CustomerTable,
  horizon: string,
  signal: AbortSignal,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const vacuumed = await session.vacuum(table.name, 'CLEAN');
    if (vacuumed && (await session.isCleanBefore(horizon, table.name))) return session.dropStatisticsWhenEmpty(table);
    if (attempt === MAX_ATTEMPTS) return false;
    await delay(PAUSE_MS, undefined, { signal });
  }
}

/** Vacuums the statistics. Where the catalogue is not ours, autovacuum does so later. */
async function vacuumStatistics(session: MaintenanceSession): Promise<void> {
  try {
    await session.vacuumStatistics('CLEAN');
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
