import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Client, ClientBase, QueryResult, QueryResultRow } from 'pg';
import { DataSource, type EntityTarget, type QueryRunner, type Repository } from 'typeorm';
import { isConnectionLost } from './transient-failure';

interface TransactionInProgress {
  readonly queryRunner: QueryRunner;
  readonly afterCommit: (() => void)[];
  readonly afterEnd: (() => void)[];
}

/**
 * Runs work in one transaction at READ COMMITTED, whatever the database's default: the guards rely on a statement
 * seeing what was committed before it began (domain section 7). `createDataSource` sets the level once per connection,
 * which saves setting it per transaction. Nested work joins the transaction in progress; a statement outside of one is
 * an error, never a silent fallback.
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

  /** Stands for the transaction in progress, as the key of what is kept for it. */
  get identity(): object {
    return this.current();
  }

  /** Loads, adds and changes single rows of a table in the transaction in progress. */
  repository<Entity extends object>(entity: EntityTarget<Entity>): Repository<Entity> {
    return this.current().queryRunner.manager.getRepository(entity);
  }

  /** Rows of a statement in the transaction in progress. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).records as Row[];
  }

  /** The row of a statement in the transaction in progress that always has one, such as a count. */
  async one<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row> {
    const [row] = await this.query<Row>(sql, parameters);
    if (row === undefined) throw new Error('A statement that always has a row had none');
    return row;
  }

  /**
   * Rows of a statement in the transaction in progress that each connection prepares only once. For frequent statements
   * whose text never varies: a connection keeps every text.
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

  /**
   * Like {@link queryPrepared}, for one statement that only reads and needs no transaction. Never call it inside one.
   */
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
   * Runs statements that an index returns in order, and keeps the planner from sorting instead: without statistics it
   * takes the rest of a large list for a handful of rows, and reads and sorts all of it for each page.
   */
  async inIndexOrder<T>(statements: () => Promise<T>): Promise<T> {
    await this.query('SET LOCAL enable_sort = off');
    const result = await statements();
    await this.query('SET LOCAL enable_sort = on');
    return result;
  }

  /**
   * Makes the rest of the transaction in progress look up customers' records by index. Where statistics are missing or
   * stale, a batch of fifty may be estimated as a quarter of all customers, so that whole tables would be read for it;
   * or a whole table as a handful of rows, which would be materialized and compared with each customer.
   */
  async byIndex(): Promise<void> {
    await this.query(`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_material', 'off', true)`);
  }

  /** Rows of one statement in a transaction of its own. */
  readonly queryAlone = <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    this.run(() => this.query<Row>(sql, parameters));

  /** Number of rows a statement changed. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).affected ?? 0;
  }

  /** Called once the transaction is committed, outside of it; for wake-ups only, since it is lost with the process. */
  afterCommit(callback: () => void): void {
    this.current().afterCommit.push(callback);
  }

  /** Called when the transaction has ended, committed or not. */
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
 * Closes a connection with an unanswered statement, which blocks all later ones, including ROLLBACK. The server rolls
 * back when the connection closes.
 */
async function discardConnection(queryRunner: QueryRunner): Promise<void> {
  // there may never have been one
  const client = await (queryRunner.connect() as Promise<Client>).catch(() => undefined);
  await client?.end();
}

async function prepared<Row>(
  queryRunner: QueryRunner,
  sql: string,
  parameters: readonly unknown[],
): Promise<QueryResult<Row & QueryResultRow>> {
  const client = (await queryRunner.connect()) as ClientBase;
  return client.query({ name: nameOf(sql), text: sql, values: [...parameters] });
}

const names = new Map<string, string>();

/** What a connection remembers the statement by; fewer than the 63 characters of a name. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = createHash('sha256').update(sql).digest('base64url')));
  return name;
}
