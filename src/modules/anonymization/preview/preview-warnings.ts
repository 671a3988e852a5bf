import { Injectable } from '@nestjs/common';
import type { Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { Redactor } from '../../../libraries/redaction';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { archiveWarnings } from '../../archive';
import { customerWarnings } from '../../customer';
import { DataMap, type IdentifiersByCustomer, type NamedNumber, NamedNumbers } from '../../data-map';
import { loyaltyWarnings } from '../../loyalty';

const WARNINGS = `WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id)
  ${[archiveWarnings, loyaltyWarnings, customerWarnings].join('\n UNION ALL\n').replaceAll(':today', '$2::date')}`;

const SELECTIONS = `
  SELECT m.customer_id, s.id, s.name
  FROM selection_member m
  JOIN selection s ON s.id = m.selection_id
  WHERE m.customer_id = ANY ($1::uuid[])
  ORDER BY s.id`;

type WarningRow = { readonly customer_id: string; readonly until: BusinessDate | null } & Omit<Warning, 'until'>;
type WarningsByCustomer = ReadonlyMap<string, readonly Warning[]>;

/** Warnings for the operator before customers are anonymized. They never block. Runs in the transaction in progress. */
@Injectable()
export class PreviewWarnings {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly map: DataMap,
    private readonly numbers: NamedNumbers,
  ) {}

  async of(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
    today: BusinessDate,
  ): Promise<WarningsByCustomer> {
    const sources = [
      await this.ofModules(customerIds, today),
      await this.ofNumbers(customerIds, identifiers),
      await this.ofSelections(customerIds, identifiers),
    ];
    return new Map(customerIds.map((id) => [id, sources.flatMap((source) => source.get(id) ?? [])]));
  }

  private async ofModules(customerIds: readonly string[], today: BusinessDate): Promise<WarningsByCustomer> {
    const rows = await this.transaction.query<WarningRow>(WARNINGS, [customerIds, today]);
    return byCustomer(
      rows.map(({ customer_id, code, module, count, until }) => [
        customer_id,
        { code, module, count, ...(until === null ? {} : { until }) },
      ]),
    );
  }

  /** Warns of numbers that name the customer, since numbers that were issued are kept unchanged. */
  private async ofNumbers(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<WarningsByCustomer> {
    const named = await this.numbers.find(this.map.allCustomerTables, customerIds, identifiers);
    const modules = new Map<string, NamedNumber[]>();
    for (const number of named.filter(({ isKept }) => isKept)) {
      const key = `${number.customerId} ${number.table.module}`;
      modules.set(key, [...(modules.get(key) ?? []), number]);
    }
    return byCustomer(
      [...modules.values()].map((numbers) => [
        numbers[0]!.customerId,
        {
          code: 'PERSONAL_VALUE_IN_NUMBER',
          module: numbers[0]!.table.module,
          count: numbers.length,
          records: numbers.map(({ recordType, recordId }) => ({ recordType, recordId })),
        },
      ]),
    );
  }

  /** Warns of selections whose name identifies the customer. The selection keeps its name and loses the customer. */
  private async ofSelections(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<WarningsByCustomer> {
    const rows = await this.transaction.query<{ customer_id: string; id: string; name: string }>(SELECTIONS, [
      customerIds,
    ]);
    const redactors = new Map([...identifiers].map(([id, own]) => [id, new Redactor(own)]));
    const named = new Map<string, string[]>();
    for (const { customer_id, id, name } of rows)
      if (redactors.get(customer_id)?.finds(name) === true)
        named.set(customer_id, [...(named.get(customer_id) ?? []), id]);
    return byCustomer(
      [...named].map(([customerId, selections]) => [
        customerId,
        {
          code: 'PERSONAL_VALUE_IN_SELECTION_NAME',
          module: 'selection',
          count: selections.length,
          records: selections.map((recordId) => ({ recordType: 'SELECTION', recordId })),
        },
      ]),
    );
  }
}

function byCustomer(entries: readonly (readonly [customerId: string, warning: Warning])[]): WarningsByCustomer {
  const warnings = new Map<string, Warning[]>();
  for (const [customerId, warning] of entries) warnings.set(customerId, [...(warnings.get(customerId) ?? []), warning]);
  return warnings;
}
