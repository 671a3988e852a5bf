import { AsyncLocalStorage } from 'node:async_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';

interface TransactionInProgress {
  readonly queryRunner: QueryRunner;
  readonly afterCommit: (() => void)[];
}

/**
 * Runs work in one transaction at READ COMMITTED, whatever the database's default is: the guards rely on a statement seeing what was committed
 * before it began (domain section 7). Work inside joins the transaction in progress; a statement outside of one is an error, never a silent
 * fallback.
 */
@Injectable()
export class TransactionRunner {
  private readonly inProgress = new AsyncLocalStorage<TransactionInProgress>();

  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Commits when `work` resolves, rolls back and rethrows when it rejects. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inProgress.getStore() !== undefined) return work();
    const transaction = { queryRunner: this.dataSource.createQueryRunner(), afterCommit: [] };
    const result = await this.inProgress.run(transaction, () => this.inTransaction(transaction, work));
    this.inProgress.exit(() => transaction.afterCommit.forEach((callback: () => void) => callback()));
    return result;
  }

  /** The manager of the transaction in progress. */
  get manager(): EntityManager {
    return this.current().queryRunner.manager;
  }

  /** Rows of a statement in the transaction in progress. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).records as Row[];
  }

  /** Number of rows a statement changed. */
  async execute(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    return (await this.current().queryRunner.query(sql, [...parameters], true)).affected ?? 0;
  }

  /** Called once the transaction is committed, outside of it; for wake-ups only, since it is lost with the process. */
  afterCommit(callback: () => void): void {
    this.current().afterCommit.push(callback);
  }

  private async inTransaction<T>({ queryRunner }: TransactionInProgress, work: () => Promise<T>): Promise<T> {
    try {
      await queryRunner.connect();
      await queryRunner.startTransaction('READ COMMITTED');
      const result = await work();
      await queryRunner.commitTransaction();
      return result;
    } catch (error) {
      // On a broken connection the server has rolled back already, and the first error is the one to tell.
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
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
