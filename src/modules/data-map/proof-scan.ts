import { Injectable } from '@nestjs/common';
import type { AnonymizationBatch } from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import { type Identifier, remembering } from '../../libraries/redaction';
import { StatementTexts } from '../../platform/database/statement-parameters';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { type CustomerTable, DataMap } from './data-map';
import { OldValues, type RemainingTexts } from './old-values';
import { provenColumns, readResidue, readResidueByColumn } from './proof-statements';
import { Slices } from './slices';

interface ResidueOfCustomer extends RemainingTexts {
  readonly customer_id: string;
  /** whether a column that should be NULL has a value */
  readonly filled: boolean;
}

interface ResidueOfRow {
  readonly customer_id: string;
  readonly position: number;
  readonly record_id: string | null;
  readonly values: readonly (string | null)[];
}

const NO_IDENTIFIERS: readonly Identifier[] = [];

/**
 * Proves, in the transaction of the anonymization, that the customers' own rows contain none of the old values. It
 * reads the rows back, so it does not matter what wrote them. One statement checks the whole batch; only suspicious
 * customers are checked column by column.
 */
@Injectable()
export class ProofScan {
  private readonly tables: readonly CustomerTable[];
  private readonly texts = new StatementTexts();

  constructor(
    map: DataMap,
    private readonly transaction: TransactionRunner,
  ) {
    this.tables = map.allCustomerTables;
  }

  /**
   * @param batch customers who have passed all steps
   * @throws DomainError `PERSONAL_VALUE_LEFT` with table, column and record id, never with the value
   */
  async prove({ customerIds, context, identifiers }: AnonymizationBatch): Promise<void> {
    if (identifiers.size === 0) return;
    const { sql, parameters } = readResidue(this.tables, customerIds, context.label, this.texts);
    const rows = await this.transaction.queryPrepared<ResidueOfCustomer>(sql, parameters.values);
    const suspects = new Map<string, OldValues>();
    const read = remembering();
    const slices = new Slices();
    for (const { customer_id, filled, ...texts } of rows) {
      await slices.next();
      const values = new OldValues(identifiers.get(customer_id) ?? NO_IDENTIFIERS, read);
      if (filled || values.mayOccurIn(texts)) suspects.set(customer_id, values);
    }
    if (suspects.size > 0) await this.checkColumns(suspects, context.label);
  }

  private async checkColumns(suspects: ReadonlyMap<string, OldValues>, label: string): Promise<void> {
    const { sql, parameters } = readResidueByColumn(this.tables, [...suspects.keys()], label);
    const rows = await this.transaction.query<ResidueOfRow>(sql, parameters.values);
    for (const { customer_id, position, record_id, values } of rows) {
      const old = suspects.get(customer_id)!;
      const table = this.tables[position]!;
      provenColumns(table).forEach(({ name, residue }, index) => {
        const value = values[index] ?? null;
        if (value !== null && old.occurIn(value, residue))
          throw new DomainError('PERSONAL_VALUE_LEFT', { table: table.name, column: name, recordId: record_id });
      });
    }
  }
}
