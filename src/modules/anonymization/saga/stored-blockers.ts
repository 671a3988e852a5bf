import { Inject, Injectable } from '@nestjs/common';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';
import { type Blocker, type BlockerTable, blockerTableOf } from '../../../kernel/blocker';
import { ENTITIES_BY_MODULE, type EntitiesByModule } from '../../../platform/database/data-source';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { numberCheckOf } from '../../data-map';

interface StoredRow {
  /** index of the table in the list */
  readonly table: number;
  readonly run_id: string | null;
  readonly customer_id: string;
  readonly blockers: readonly Blocker[];
}

/**
 * Blockers stored by runs and the worklist, each with the number of its record. The anonymization of a customer clears
 * numbers that name the customer.
 */
@Injectable()
export class StoredBlockers {
  private readonly tables: readonly BlockerTable[];
  private readonly select: string;

  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(ENTITIES_BY_MODULE) entities: EntitiesByModule,
  ) {
    this.tables = Object.values(entities).flatMap((classes) =>
      classes.flatMap((entity) => blockerTableOf(entity) ?? []),
    );
    this.select = this.tables
      .map(({ select }, index) => `SELECT ${index} AS "table", stored.* FROM (${select}) AS stored`)
      .join(' UNION ALL ');
  }

  async clearNamedNumbers({ customerIds, identifiers }: AnonymizationBatch): Promise<void> {
    const rows = await this.transaction.queryPrepared<StoredRow>(this.select, [customerIds]);
    for (const { table, run_id, customer_id, blockers } of rows) {
      const check = numberCheckOf(identifiers.get(customer_id) ?? []);
      const isNamed = ({ recordNumber }: Blocker) => recordNumber !== null && check.finds(recordNumber);
      if (!blockers.some(isNamed)) continue;
      const cleared = blockers.map((blocker) => (isNamed(blocker) ? { ...blocker, recordNumber: null } : blocker));
      const parameters = [customer_id, JSON.stringify(cleared)];
      await this.transaction.execute(
        this.tables[table]!.update,
        run_id === null ? parameters : [...parameters, run_id],
      );
    }
  }
}
