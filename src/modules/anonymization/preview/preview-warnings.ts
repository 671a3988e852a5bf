import { Injectable } from '@nestjs/common';
import type { Warning } from '../../../kernel/blocker';
import type { BusinessDate } from '../../../kernel/business-date';
import { Redactor } from '../../../libraries/redaction';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { archiveWarnings } from '../../archive';
import { customerWarnings } from '../../customer';
import { DataMap, type IdentifiersByCustomer, type NamedNumber, NamedNumbers } from '../../data-map';
import { loyaltyWarnings } from '../../loyalty';
import { findMemberships } from '../../selection';

const WARNINGS = `WITH candidates AS (SELECT unnest($1::uuid[]) AS customer_id)
  ${[archiveWarnings, loyaltyWarnings, customerWarnings].join('\n UNION ALL\n').replaceAll(':today', '$2::date')}`;

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

  async findForCustomers(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
    today: BusinessDate,
  ): Promise<WarningsByCustomer> {
    const sources = [
      await this.findInModules(customerIds, today),
      await this.findInNumbers(customerIds, identifiers),
      await this.findInSelectionNames(customerIds, identifiers),
    ];
    return new Map(customerIds.map((id) => [id, sources.flatMap((source) => source.get(id) ?? [])]));
  }

  private async findInModules(customerIds: readonly string[], today: BusinessDate): Promise<WarningsByCustomer> {
    const rows = await this.transaction.query<WarningRow>(WARNINGS, [customerIds, today]);
    return byCustomer(
      rows.map(({ customer_id, code, module, count, until }) => [
        customer_id,
        { code, module, count, ...(until === null ? {} : { until }) },
      ]),
    );
  }

  /** Warns of numbers that name the customer, since numbers that were issued are kept unchanged. */
  private async findInNumbers(
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
  private async findInSelectionNames(
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<WarningsByCustomer> {
    const memberships = await findMemberships(this.transaction, customerIds);
    const redactors = new Map([...identifiers].map(([id, own]) => [id, new Redactor(own)]));
    const named = new Map<string, string[]>();
    for (const { customerId, selectionId, name } of memberships)
      if (redactors.get(customerId)?.finds(name) === true)
        named.set(customerId, [...(named.get(customerId) ?? []), selectionId]);
    return byCustomer(
      [...named].map(([customerId, selections]) => [
        customerId,
        {
          code: 'PERSONAL_VALUE_IN_SELECTION_NAME',
          module: 'selection',
          count: selections.length,
          records: selections.map((recordId) => ({ recordType: 'SELECTION' as const, recordId })),
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
