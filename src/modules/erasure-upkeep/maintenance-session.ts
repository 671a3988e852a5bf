import type { Client } from 'pg';
import { DomainError } from '../../kernel/domain-error';
import { AdvisoryLock } from '../../platform/database/advisory-lock';
import { ownerThrough, type RoleConnection } from '../../platform/database/connection';
import { connectAs } from '../../platform/database/session';
import { databaseCodeOf, LOCK_NOT_AVAILABLE } from '../../platform/database/transient-failure';
import type { CustomerTable } from '../data-map';
import { SELECT_KEPT_STATISTICS, SELECT_SAME_TYPES, SELECT_TRIGGERS } from './queries/statistics.queries';

export const STATISTICS = 'pg_catalog.pg_statistic';

/** A waiting lock request blocks all later requests for the table. */
const LOCK_TIMEOUT = '2s';

/**
 * Lock timeout of a transaction that locks several tables and may deadlock with a booking. It is shorter than
 * `deadlock_timeout` (200 ms with the embedded server, otherwise 1 s), so that the server never aborts the booking.
 */
const GIVE_WAY = '100ms';

/**
 * `CLEAN` also covers what an ordinary VACUUM may skip: pinned pages (FREEZE waits for them), and index entries when
 * there are few (INDEX_CLEANUP). `REWRITE` writes new files for the table, its TOAST table and its indexes.
 */
const VACUUM = {
  CLEAN: 'VACUUM (FREEZE, INDEX_CLEANUP ON, ANALYZE)',
  REWRITE: 'VACUUM (FULL, ANALYZE)',
} as const;
export type VacuumMode = keyof typeof VACUUM;

/**
 * A database session that maintains tables as their owner. It connects as the migrator, the only role that may become
 * the owner.
 */
export class MaintenanceSession {
  private warnings = 0;

  private constructor(
    private readonly client: Client,
    private readonly connection: RoleConnection,
    private readonly backend: number,
  ) {
    // PostgreSQL skips a table without permission to vacuum it and only raises a warning. The SQLSTATE class of the
    // warning does not depend on the language.
    client.on('notice', ({ code }) => {
      if (code?.startsWith('01')) this.warnings++;
    });
  }

  static async open(migrator: RoleConnection): Promise<MaintenanceSession> {
    const client = await connect(ownerThrough(migrator, `-c lock_timeout=${LOCK_TIMEOUT}`));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new MaintenanceSession(client, migrator, rows[0]!.pid);
  }

  /**
   * Takes the maintenance lock and returns whether it was free. While it is held, no other process maintains the
   * tables.
   */
  async isAlone(): Promise<boolean> {
    const [row] = await this.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      AdvisoryLock.MAINTENANCE,
    ]);
    return row?.alone === true;
  }

  /** A transaction id later than every transaction that is visible as committed. */
  async horizon(): Promise<string> {
    const [row] = await this.query<{ xid: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid');
    return row!.xid;
  }

  /** Sorts the tables by size, smallest first, so that old snapshots are detected at the lowest cost. */
  async sortBySize(tables: readonly CustomerTable[]): Promise<CustomerTable[]> {
    const rows = await this.query<{ name: string }>(
      'SELECT name FROM unnest($1::text[]) AS name ORDER BY pg_total_relation_size(name::regclass), name',
      [tables.map(({ name }) => name)],
    );
    return rows.map(({ name }) => tables.find((table) => table.name === name)!);
  }

  /** Size of the table in bytes, including indexes and TOAST table. */
  async sizeOf(table: string): Promise<number> {
    const [row] = await this.query<{ size: string }>('SELECT pg_total_relation_size($1::regclass) AS size', [table]);
    return Number(row!.size);
  }

  /**
   * Vacuums a table. Returns false, without changes, when another session holds the table.
   *
   * @throws DomainError `TABLE_NOT_VACUUMED` when the database skipped it
   */
  vacuum(table: string, mode: VacuumMode): Promise<boolean> {
    return this.unlessHeld(async () => {
      if (!(await this.isVacuumed(table, mode))) throw new DomainError('TABLE_NOT_VACUUMED', { table });
    });
  }

  /**
   * Vacuums the statistics catalogue, which belongs to the server. Besides a superuser, the owner of the database may
   * vacuum it: `lethe_owner`, or the login of DATABASE_URL.
   *
   * @throws DomainError `TABLE_NOT_VACUUMED` when neither owns the database
   */
  async vacuumStatistics(mode: VacuumMode): Promise<boolean> {
    try {
      return await this.vacuum(STATISTICS, mode);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
    await this.query('SET ROLE NONE');
    try {
      return await this.vacuum(STATISTICS, mode);
    } finally {
      await this.query('SET ROLE lethe_owner');
    }
  }

  /**
   * Whether the table and its TOAST table contain no row that was deleted or overwritten before the horizon. VACUUM
   * keeps rows that an older snapshot may still see. The frozen transaction id shows how far VACUUM has got; `age`
   * compares ids across the wraparound.
   */
  async isCleanBefore(horizon: string, table: string): Promise<boolean> {
    const [row] = await this.query<{ clean: boolean }>(
      `SELECT bool_and(age(c.relfrozenxid) <= age($2::xid8::xid)) AS clean
       FROM pg_class t JOIN pg_class c ON c.oid IN (t.oid, t.reltoastrelid) WHERE t.oid = $1::regclass`,
      [table, horizon],
    );
    return row!.clean;
  }

  /**
   * Drops the statistics of a table that has become empty. ANALYZE keeps the statistics of an empty table, including
   * the most common names. Returns false when another session holds the table.
   *
   * @throws DomainError `STATISTICS_NOT_FORGOTTEN`
   */
  async dropStatisticsWhenEmpty(table: CustomerTable): Promise<boolean> {
    if (table.rule.eraseRows === undefined || !(await this.hasStatistics(table))) return true;
    if (!(await this.unlessHeld(() => this.dropStatistics(table)))) return false;
    if (await this.hasStatistics(table)) throw new DomainError('STATISTICS_NOT_FORGOTTEN', { table: table.name });
    return true;
  }

  /**
   * Terminates the session from another connection, so that a VACUUM of hours does not keep the process from stopping.
   */
  async interrupt(): Promise<void> {
    const other = await connect(this.connection);
    try {
      await other.query('SELECT pg_terminate_backend($1)', [this.backend]);
    } finally {
      await other.end();
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  private async isVacuumed(table: string, mode: VacuumMode): Promise<boolean> {
    this.warnings = 0;
    await this.query(`${VACUUM[mode]} ${table}`);
    return this.warnings === 0;
  }

  /** Whether statistics of the table or its indexes exist although the last ANALYZE found no row. */
  private async hasStatistics(table: CustomerTable): Promise<boolean> {
    const [row] = await this.query<{ kept: boolean }>(SELECT_KEPT_STATISTICS, [table.name, personalColumns(table)]);
    return row!.kept;
  }

  /**
   * Drops statistics by setting each column to its own type, which also rebuilds its indexes. Before PostgreSQL 18, an
   * owner has no other means. PostgreSQL refuses this while a trigger depends on the column, so such triggers are
   * dropped and recreated unchanged in the same transaction.
   */
  private async dropStatistics(table: CustomerTable): Promise<void> {
    await this.query('BEGIN');
    try {
      await this.query(`SET LOCAL lock_timeout = '${GIVE_WAY}'`);
      await this.query(`LOCK TABLE ${table.name} IN ACCESS EXCLUSIVE MODE`);
      const triggers = await this.triggersOn(table);
      for (const { name } of triggers) await this.query(`DROP TRIGGER ${name} ON ${table.name}`);
      await this.query(`ALTER TABLE ${table.name} ${await this.sameTypes(table)}`);
      for (const { definition } of triggers) await this.query(definition);
      await this.query('COMMIT');
    } catch (error) {
      await this.query('ROLLBACK').catch(() => undefined); // the first error is the one to report
      throw error;
    }
  }

  /** Triggers that depend on personal columns, with the statements that recreate them. */
  private triggersOn(table: CustomerTable): Promise<{ readonly name: string; readonly definition: string }[]> {
    return this.query(SELECT_TRIGGERS, [table.name, personalColumns(table)]);
  }

  /** The clauses that set each personal column to its current type. */
  private async sameTypes(table: CustomerTable): Promise<string> {
    const [row] = await this.query<{ changes: string }>(SELECT_SAME_TYPES, [table.name, personalColumns(table)]);
    return row!.changes;
  }

  /** Returns false when the lock timeout expired. */
  private async unlessHeld(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (databaseCodeOf(error) === LOCK_NOT_AVAILABLE) return false;
      throw error;
    }
  }

  private async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, [...parameters])).rows as Row[];
  }
}

const personalColumns = ({ columns }: CustomerTable) =>
  columns.filter(({ rule }) => rule.category !== 'NOT_PERSONAL').map(({ name }) => name);

const connect = (connection: RoleConnection): Promise<Client> =>
  connectAs(connection, { application_name: 'lethe-maintenance' });
