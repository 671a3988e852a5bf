import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import type { DatabaseAccess } from '../../platform/database/connection';
import { DATABASE_ACCESS } from '../../platform/database/database.module';
import { type CustomerTable, DataMap } from '../data-map';
import { MaintenanceSession, STATISTICS, type VacuumMode } from './maintenance-session';
import { UncleanedRuns } from '../runs';

/** About three minutes in total. Each attempt blocks other sessions for at most two seconds. */
const MAX_ATTEMPTS = 36;
const PAUSE_MS = 3_000;

/** Result of rewriting a table. */
export interface ScrubbedTable {
  readonly table: string;
  /** bytes, including indexes and TOAST table */
  readonly before: number;
  readonly after: number;
}

/**
 * Rewrites every table of customer records with its indexes and TOAST table, so that no database file contains erased
 * values. Locks one table at a time. Does not cover the write-ahead log and backups.
 */
@Injectable()
export class ErasureScrub {
  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    private readonly map: DataMap,
    private readonly runs: UncleanedRuns,
  ) {}

  /** Names of the tables that can be scrubbed. */
  get tables(): string[] {
    return [...this.map.allCustomerTables.map(({ name }) => name), STATISTICS];
  }

  /**
   * @param only one of {@link tables}; null for all of them
   * @param report called after each table
   * @throws DomainError `MAINTENANCE_UNDER_WAY`; with the table `TABLE_HELD`, `TABLE_NOT_VACUUMED`, `OLDER_SNAPSHOT`
   */
  async scrubTables(only: string | null, report: (scrubbed: ScrubbedTable) => void): Promise<void> {
    const session = await MaintenanceSession.open(this.access.as('lethe_migrator'));
    try {
      if (!(await retryForMinutes(() => session.isAlone()))) throw new DomainError('MAINTENANCE_UNDER_WAY');
      const waiting = await this.runs.findWaiting();
      const horizon = await session.horizon();
      for (const table of await session.sortBySize(this.map.allCustomerTables))
        if (only === null || only === table.name) report(await scrubTable(session, table, horizon));
      // last, because the other tables have just updated the statistics
      if (only === null || only === STATISTICS) report(await scrubStatistics(session));
      if (only === null) await this.runs.markCleaned(waiting);
    } finally {
      await session.close();
    }
  }
}

const scrubTable = (session: MaintenanceSession, table: CustomerTable, horizon: string) =>
  scrub(
    session,
    table.name,
    horizon,
    async (mode) => (await session.vacuum(table.name, mode)) && session.dropStatisticsWhenEmpty(table),
  );

const scrubStatistics = async (session: MaintenanceSession) =>
  scrub(session, STATISTICS, await session.horizon(), (mode) => session.vacuumStatistics(mode));

type Vacuum = (mode: VacuumMode) => Promise<boolean>;

async function scrub(
  session: MaintenanceSession,
  table: string,
  horizon: string,
  vacuum: Vacuum,
): Promise<ScrubbedTable> {
  const before = await session.sizeOf(table);
  // First, because a rewrite copies dead rows that an older snapshot may still see, and is more expensive.
  if (!(await retryForMinutes(async () => (await vacuum('CLEAN')) && session.isCleanBefore(horizon, table))))
    throw new DomainError('OLDER_SNAPSHOT', { table });
  if (!(await retryForMinutes(() => vacuum('REWRITE')))) throw new DomainError('TABLE_HELD', { table });
  return { table, before, after: await session.sizeOf(table) };
}

/** Retries for some minutes. Returns whether an attempt succeeded. */
async function retryForMinutes(attempt: () => Promise<boolean>): Promise<boolean> {
  for (let tries = 1; !(await attempt()); tries++) {
    if (tries === MAX_ATTEMPTS) return false;
    await delay(PAUSE_MS);
  }
  return true;
}
