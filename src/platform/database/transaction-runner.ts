import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Client, ClientBase, QueryResult, QueryResultRow } from 'pg';
import { DataSource, type EntityTarget, type QueryRunner, type Repository } from 'typeorm';
import { arrayLiteral } from './array-literal';
import { isConnectionLost } from './transient-failure';

interface TransactionInProgress {
  readonly queryRunner: QueryRunner;
  readonly afterCommit: (() => void)[];
  readonly afterEnd: (() => void)[];
}

/**
 * Runs work in one READ COMMITTED transaction, whatever the default of the database: the guards rely on each statement
 * seeing what was committed before it began. `createDataSource` sets the level once per connection, which saves a
 * statement per transaction. Nested work joins the current transaction. A statement outside of a transaction is an
 * error, never a silent fallback.
 */
@Injectable()
export class TransactionRunner {
  private readonly inProgress = new AsyncLocalStorage<TransactionInProgress>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Commits when `work` resolves, rolls back and rethrows when it rejects. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inProgress.getStore() !== undefined) return work();
    const transaction = { queryRunner: this.dataSource.createQueryRunner(), afterCommit: [], afterEnd: [] };
    const result = await this.inProgress.run(transaction, () => this.inTransaction(transaction, work));
    this.inProgress.exit(() => transaction.afterCommit.forEach((callback: () => void) => callback()));
    return result;
  }

  /** Identifies the current transaction, as a key of what is stored for it. */
  get identity(): object {
    return this.current();
  }

  /** Repository of a table in the current transaction, for single rows. */
  repository<Entity extends object>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.current().queryRunner.manager.getRepository(entity);
  }

  /** Rows of a statement in the current transaction. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).records as Row[];
  }

  /** The row of a statement that always returns one, such as a count, in the current transaction. */
  async one<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row> {
    const [row] = await this.query<Row>(sql, parameters);
    if (row === undefined) throw new Error('A statement that always has a row had none');
    return row;
  }

  /**
   * Rows of a statement in the current transaction. Each connection prepares the statement once and keeps it. For
   * frequent statements whose text never varies.
   *
   * @throws the driver's own errors
   */
  async queryPrepared<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return (await prepared<Row>(this.current().queryRunner, sql, parameters)).rows;
  }

  /** Like {@link queryPrepared}, but returns the number of rows that the statement changed. */
  async executePrepared(sql: string, parameters: readonly unknown[]): Promise<number> {
    return (await prepared(this.current().queryRunner, sql, parameters)).rowCount ?? 0;
  }

  /** Like {@link queryPrepared}, for a single reading statement outside of a transaction. Never call it inside one. */
  async readAlone<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    if (this.inProgress.getStore() !== undefined) throw new Error('A transaction is in progress; read inside of it');
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      return (await prepared<Row>(queryRunner, sql, parameters)).rows;
    } catch (error) {
      if (isConnectionLost(error)) await discardConnection(queryRunner);
      throw error;
    } finally {
      await queryRunner.release();
    }
  }

  /**
   * Runs statements whose order an index provides, and prevents the planner from sorting. Without statistics, the
   * planner expects a handful of rows in the rest of a large list, and would read and sort all of it for each page.
   */
  async inIndexOrder<T>(statements: () => Promise<T>): Promise<T> {
    await this.query('SET LOCAL enable_sort = off');
    const result = await statements();
    await this.query('SET LOCAL enable_sort = on');
    return result;
  }

  /**
   * Makes the rest of the current transaction look up records by index. With missing or stale statistics, the planner
   * may estimate a batch of fifty as a quarter of all customers and read whole tables for it. It may also estimate a
   * table as a handful of rows, and materialize it and compare it with each customer.
   */
  async byIndex(): Promise<void> {
    await this.query(`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_material', 'off', true)`);
  }

  /** Rows of a single statement in a new transaction. */
  readonly queryAlone = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    this.run(() => this.query<Row>(sql, parameters));

  /** Number of rows that a statement changed. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).affected ?? 0;
  }

  /**
   * Registers a callback to run after the commit, outside of the transaction. For wake-ups only: it is lost when the
   * process ends.
   */
  afterCommit(callback: () => void): void {
    this.current().afterCommit.push(callback);
  }

  /** Registers a callback to run when the transaction ends, committed or not. */
  afterEnd(callback: () => void): void {
    this.current().afterEnd.push(callback);
  }

  private async inTransaction<T>({ queryRunner, afterEnd }: TransactionInProgress, work: () => Promise<T>): Promise<T> {
    try {
      await queryRunner.connect();
      await queryRunner.startTransaction();
      const result = await work();
      await queryRunner.commitTransaction();
      return result;
    } catch (error) {
      if (isConnectionLost(error)) await discardConnection(queryRunner);
      // the first error is the one to report
      else if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      for (const callback of afterEnd) callback();
      await queryRunner.release();
    }
  }

  private current(): TransactionInProgress {
    const transaction = this.inProgress.getStore();
    if (transaction === undefined)
      throw new Error('A statement needs a transaction; wrap the use case in TransactionRunner.run');
    return transaction;
  }
}

/**
 * Closes a connection with a statement in progress, which would block all later ones, including ROLLBACK. The server
 * rolls back when the connection closes.
 */
async function discardConnection(queryRunner: QueryRunner): Promise<void> {
  // there may be no connection
  const client = await (queryRunner.connect() as Promise<Client>).catch(() => undefined);
  await client?.end();
}

async function prepared<Row>(
  queryRunner: QueryRunner,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult<Row & QueryResultRow>> {
  const client = (await queryRunner.connect()) as ClientBase;
  return client.query({ name: nameOf(sql), text: sql, values: parameters.map(asText) });
}

const asText = (parameter: unknown): unknown =>
  Array.isArray(parameter) ? (arrayLiteral(parameter) ?? parameter) : parameter;

const names = new Map<string, string>();

/** Name of the prepared statement, shorter than the 63 characters of a PostgreSQL name. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = createHash('sha256').update(sql).digest('base64url')));
  return name;
}
