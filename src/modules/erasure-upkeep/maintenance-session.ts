import type { Client } from 'pg';
import { DomainError } from '../../kernel/domain-error';
import { AdvisoryLock } from '../../platform/database/advisory-lock';
import { ownerThrough, type RoleConnection } from '../../platform/database/connection';
import { connectAs } from '../../platform/database/session';
import { databaseCodeOf, LOCK_NOT_AVAILABLE } from '../../platform/database/transient-failure';
import type { CustomerTable } from '../data-map';

export const STATISTICS = 'pg_catalog.pg_statistic';

/** Everybody who wants the table queues behind who waits for it alone. */
const LOCK_TIMEOUT = '2s';

/**
 * What locks several tables may deadlock with a booking. It gives way before the server looks for deadlocks
 * (deadlock_timeout, 200 ms with the embedded server, else 1 s), so that it is never the booking that is broken off.
 */
const GIVE_WAY = '100ms';

/**
 * `CLEAN` also does what an ordinary VACUUM may leave out: pages that somebody holds (FREEZE waits for them), and index
 * entries when there are few (INDEX_CLEANUP). `REWRITE` writes a new file for the table, its TOAST table and each of
 * its indexes.
 */
const VACUUM = {
  CLEAN: 'VACUUM (FREEZE, INDEX_CLEANUP ON, ANALYZE)',
  REWRITE: 'VACUUM (FULL, ANALYZE)',
} as const;
export type VacuumMode = keyof typeof VACUUM;

/** A database session that maintains tables as their owner, by way of the migrator, who alone may become the owner. */
export class MaintenanceSession {
  private warnings = 0;

  private constructor(
    private readonly client: Client,
    private readonly connection: RoleConnection,
    private readonly backend: number,
  ) {
    // A table that may not be vacuumed is skipped with a mere warning. Its class of SQLSTATE is the same in every
    // language.
    client.on('notice', ({ code }) => {
      if (code?.startsWith('01')) this.warnings++;
    });
  }

  static async open(migrator: RoleConnection): Promise<MaintenanceSession> {
    const client = await connect(ownerThrough(migrator, `-c lock_timeout=${LOCK_TIMEOUT}`));
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new MaintenanceSession(client, migrator, rows[0]!.pid);
  }

  /** Whether no other process maintains the tables; nobody else does from then on. */
  async isAlone(): Promise<boolean> {
    const [row] = await this.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
      AdvisoryLock.MAINTENANCE,
    ]);
    return row?.alone === true;
  }

  /** A transaction id that is later than those of all transactions that have been seen to be committed. */
  async horizon(): Promise<string> {
    const [row] = await this.query<{ xid: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xid');
    return row!.xid;
  }

  /** The tables, the smallest first: whether old snapshots are still in use is found out at the least cost. */
  async bySize(tables: readonly CustomerTable[]): Promise<CustomerTable[]> {
    const rows = await this.query<{ name: string }>(
      'SELECT name FROM unnest($1::text[]) AS name ORDER BY pg_total_relation_size(name::regclass), name',
      [tables.map(({ name }) => name)],
    );
    return rows.map(({ name }) => tables.find((table) => table.name === name)!);
  }

  /** Bytes of the table with its indexes and TOAST table. */
  async sizeOf(table: string): Promise<number> {
    const [row] = await this.query<{ size: string }>('SELECT pg_total_relation_size($1::regclass) AS size', [table]);
    return Number(row!.size);
  }

  /**
   * False when somebody else holds the table; nothing was done then.
   *
   * @throws DomainError `TABLE_NOT_VACUUMED` when the database skipped it
   */
  vacuum(table: string, mode: VacuumMode): Promise<boolean> {
    return this.unlessHeld(async () => {
      if (!(await this.isVacuumed(table, mode))) throw new DomainError('TABLE_NOT_VACUUMED', { table });
    });
  }

  /**
   * Vacuums the statistics themselves. The catalogue belongs to the server; besides a superuser the owner of the
   * database may vacuum it, which is `lethe_owner` or the login of DATABASE_URL.
   *
   * @throws DomainError `TABLE_NOT_VACUUMED` when it is neither
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
   * Whether nothing that was deleted or overwritten before the horizon is left in the table and its TOAST table. VACUUM
   * keeps what an older snapshot may still see; what it has frozen up to tells how far it got, and `age` compares
   * across the wraparound of transaction ids.
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
   * Drops what statistics remember of a table that has become empty. ANALYZE leaves those of a table alone in which it
   * finds no row, the commonest names of its past included. False when somebody holds the table.
   *
   * @throws DomainError `STATISTICS_NOT_FORGOTTEN`
   */
  async forgetWhenEmpty(table: CustomerTable): Promise<boolean> {
    if (table.rule.eraseRows === undefined || !(await this.remembers(table))) return true;
    if (!(await this.unlessHeld(() => this.forget(table)))) return false;
    if (await this.remembers(table)) throw new DomainError('STATISTICS_NOT_FORGOTTEN', { table: table.name });
    return true;
  }

  /** Ends the session from outside, whatever it is at: a VACUUM of hours must not keep the process from stopping. */
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

  /** Whether there are statistics of a table, or of an index of it, in which no row was found. */
  private async remembers(table: CustomerTable): Promise<boolean> {
    const [row] = await this.query<{ kept: boolean }>(
      `SELECT EXISTS (
         SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
         WHERE c.reltuples = 0 AND (c.oid = $1::regclass AND s.attname = ANY ($2)
           OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = $1::regclass))) AS kept`,
      [table.name, personalColumns(table)],
    );
    return row!.kept;
  }

  /**
   * Giving a column the type it has drops its statistics, and builds the indexes on it anew; an owner has no other
   * means before PostgreSQL 18. No trigger may depend on the column meanwhile: those that do are made anew as they
   * were, before anybody else may touch the table.
   */
  private async forget(table: CustomerTable): Promise<void> {
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
      await this.query('ROLLBACK').catch(() => undefined); // the first error is the one to tell
      throw error;
    }
  }

  /** Triggers that depend on personal columns, with the statements that make them what they are. */
  private triggersOn(table: CustomerTable): Promise<{ readonly name: string; readonly definition: string }[]> {
    return this.query(
      `SELECT quote_ident(t.tgname) AS name,
         format('%s; ALTER TABLE %s %s TRIGGER %I', pg_get_triggerdef(t.oid), t.tgrelid::regclass,
           CASE t.tgenabled
             WHEN 'A' THEN 'ENABLE ALWAYS'
             WHEN 'R' THEN 'ENABLE REPLICA'
             WHEN 'D' THEN 'DISABLE'
             ELSE 'ENABLE'
           END,
           t.tgname) AS definition
       FROM pg_trigger t
       WHERE t.tgrelid = $1::regclass AND NOT t.tgisinternal AND t.oid IN (
         SELECT d.objid
         FROM pg_depend d
         JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
         WHERE d.classid = 'pg_trigger'::regclass AND d.refclassid = 'pg_class'::regclass
           AND d.refobjid = $1::regclass AND a.attname = ANY ($2))`,
      [table.name, personalColumns(table)],
    );
  }

  /** What gives each personal column the type that it has. */
  private async sameTypes(table: CustomerTable): Promise<string> {
    const [row] = await this.query<{ changes: string }>(
      `SELECT string_agg(format('ALTER COLUMN %I TYPE %s', a.attname, format_type(a.atttypid, a.atttypmod))
         || CASE WHEN o.oid IS NULL THEN '' ELSE format(' COLLATE %I.%I', n.nspname, o.collname) END, ', ') AS changes
       FROM pg_attribute a LEFT JOIN pg_collation o ON o.oid = a.attcollation LEFT
       JOIN pg_namespace n ON n.oid = o.collnamespace
       WHERE a.attrelid = $1::regclass AND a.attname = ANY ($2)`,
      [table.name, personalColumns(table)],
    );
    return row!.changes;
  }

  /** False when the work gave up waiting for a lock. */
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
