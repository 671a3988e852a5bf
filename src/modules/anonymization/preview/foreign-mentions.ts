import { Injectable } from '@nestjs/common';
import type { Warning } from '../../../kernel/blocker';
import type { ModuleName } from '../../../kernel/personal-data';
import { Redactor } from '../../../libraries/redaction';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { RELATIVES } from '../../customer';
import { type CustomerTable, DataMap, Erasure } from '../../data-map';

/**
 * Counts records of related customers whose free text names the customer, such as a daughter's note that names her
 * father. Records of other people are never changed; the operator decides. Used only for the preview of one customer:
 * nothing is stored, and runs do not search.
 */
@Injectable()
export class ForeignMentions {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly erasure: Erasure,
    private readonly map: DataMap,
  ) {}

  async findForCustomer(customerId: string): Promise<Warning[]> {
    const redactor = new Redactor((await this.erasure.identifiersOf([customerId])).get(customerId) ?? []);
    const selects = this.map.allCustomerTables.map(selectFreeText).filter((select) => select !== null);
    const rows = await this.transaction.query<{ module: ModuleName; texts: (string | null)[] }>(
      `WITH relative AS (
         SELECT DISTINCT relative_id AS id FROM ${RELATIVES} r WHERE customer_id = $1)
       ${selects.join(' UNION ALL ')}`,
      [customerId],
    );
    const counts = new Map<ModuleName, number>();
    for (const { module, texts } of rows)
      if (texts.some((text) => text !== null && redactor.finds(text)))
        counts.set(module, (counts.get(module) ?? 0) + 1);
    return [...counts].map(([module, count]) => ({ code: 'FREE_TEXT_IN_OTHER_RECORDS', module, count }));
  }
}

function selectFreeText({ module, name, rule, columns }: CustomerTable): string | null {
  const texts = columns.filter((column) => column.rule.category === 'FREE_TEXT').map((column) => `t.${column.name}`);
  if (texts.length === 0) return null;
  return `SELECT '${module}' AS module, ARRAY[${texts.join(', ')}] AS texts FROM relative r
    JOIN ${name} t ON t.${rule.customerColumns[0]} = r.id`;
}
