import { type DynamicModule, Global, Inject, Injectable, Module } from '@nestjs/common';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';
import type { Blocker } from '../../../kernel/blocker';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { numberCheckOf } from '../../data-map';

/**
 * Statements on a table that stores blockers of customers. The owner of the table publishes them, and the program
 * passes them to {@link StoredBlockersModule}.
 */
export interface BlockerTable {
  /** run_id (NULL outside of runs), customer_id and blockers of the customers $1 */
  readonly select: string;
  /** stores the blockers $2 of the customer $1, in the run $3 if the row has one */
  readonly update: string;
}

interface StoredRow {
  /** index of the table in the list */
  readonly table: number;
  readonly run_id: string | null;
  readonly customer_id: string;
  readonly blockers: readonly Blocker[];
}

const BLOCKER_TABLES = Symbol('BLOCKER_TABLES');

/**
 * Blockers stored by runs and the worklist, each with the number of its record. The anonymization of a customer clears
 * numbers that name the customer.
 */
@Injectable()
export class StoredBlockers {
  private readonly select: string;

  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(BLOCKER_TABLES) private readonly tables: readonly BlockerTable[],
  ) {
    this.select = tables
      .map(({ select }, index) => `SELECT ${index} AS "table", stored.* FROM (${select}) AS stored`)
      .join(' UNION ALL ');
  }

  async forgetNames({ customerIds, identifiers }: AnonymizationBatch): Promise<void> {
    const rows = await this.transaction.queryPrepared<StoredRow>(this.select, [customerIds]);
    for (const { table, run_id, customer_id, blockers } of rows) {
      const check = numberCheckOf(identifiers.get(customer_id) ?? []);
      const isNamed = ({ recordNumber }: Blocker) => recordNumber !== null && check.finds(recordNumber);
      if (!blockers.some(isNamed)) continue;
      const forgotten = blockers.map((blocker) => (isNamed(blocker) ? { ...blocker, recordNumber: null } : blocker));
      const parameters = [customer_id, JSON.stringify(forgotten)];
      await this.transaction.execute(
        this.tables[table]!.update,
        run_id === null ? parameters : [...parameters, run_id],
      );
    }
  }
}

@Global()
@Module({})
export class StoredBlockersModule {
  /** @param tables every table that stores blockers */
  static of(tables: readonly BlockerTable[]): DynamicModule {
    return {
      module: StoredBlockersModule,
      providers: [{ provide: BLOCKER_TABLES, useValue: tables }, StoredBlockers],
      exports: [StoredBlockers],
    };
  }
}
