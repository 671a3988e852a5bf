import { Injectable } from '@nestjs/common';
import type { AnonymizationSet, Cause, Effect, EffectsByCustomer } from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import type { ModuleName } from '../../kernel/personal-data';
import type { Identifier } from '../../kernel/redaction/identifier';
import { Redactor } from '../../kernel/redaction/redactor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { type CustomerTable, DataMap } from './data-map';
import {
  COUNTED_TREATMENTS,
  countEffects,
  type CountedTreatment,
  eraseRows,
  keepReason,
  readIdentifiers,
  readTexts,
  redactedColumns,
  rewriteRows,
  sealReason,
  type Stamp,
  writeTexts,
} from './erasure-statements';

export type IdentifiersByCustomer = ReadonlyMap<string, readonly Identifier[]>;

type EffectRow = { customer_id: string; table: string } & Record<CountedTreatment, number>;
interface TextRow {
  readonly id: string;
  readonly customer_id: string;
  readonly texts: readonly (string | null)[];
}

const SUBJECT = 'WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id)';

/** Carries the data map out: counts what it would do, and does it. Works in the transaction in progress, on a set of customers at once. */
@Injectable()
export class Erasure {
  constructor(
    private readonly map: DataMap,
    private readonly transaction: TransactionRunner,
  ) {}

  /** The values that identify the customers in free text; they must be read before anything is erased. */
  async identifiersOf(customerIds: readonly string[]): Promise<IdentifiersByCustomer> {
    const selects = this.map.allCustomerTables.map(readIdentifiers).filter((select) => select !== null);
    const rows = await this.transaction.query<Identifier & { customer_id: string }>(
      `${SUBJECT} ${selects.join(' UNION ALL ')}`,
      [customerIds],
    );
    const found = new Map<string, Identifier[]>();
    for (const { customer_id, kind, value } of rows) append(found, customer_id, { kind, value });
    return found;
  }

  /** What {@link apply} would do in all modules. */
  async preview(customerIds: readonly string[], identifiers: IdentifiersByCustomer): Promise<EffectsByCustomer> {
    const tables = this.map.allCustomerTables;
    const effects = await this.count(tables, customerIds);
    for (const table of tables) {
      for (const [customerId, rows] of countByCustomer(await this.redactedRows(table, customerIds, identifiers)))
        append(effects, customerId, redactEffect(table, rows));
    }
    return effects;
  }

  /**
   * Erases, replaces and redacts the customers' values in the tables of these modules.
   *
   * @throws DomainError `ERASURE_INCOMPLETE` when a statement touched other rows than were counted under the same lock
   */
  async apply(modules: readonly ModuleName[], set: AnonymizationSet): Promise<EffectsByCustomer> {
    const tables = this.map.customerTables(modules);
    const effects = await this.count(tables, set.customerIds);
    for (const table of tables) {
      await this.erase(table, set, effects);
      await this.redact(table, set, effects);
      await this.rewrite(table, set);
    }
    return effects;
  }

  private async count(
    tables: readonly CustomerTable[],
    customerIds: readonly string[],
  ): Promise<Map<string, Effect[]>> {
    const byName = new Map(tables.map((table) => [table.name, table]));
    const rows = await this.transaction.query<EffectRow>(`${SUBJECT} ${tables.map(countEffects).join(' UNION ALL ')}`, [
      customerIds,
    ]);
    const effects = new Map<string, Effect[]>();
    for (const row of rows) {
      const table = byName.get(row.table)!;
      for (const treatment of COUNTED_TREATMENTS)
        if (row[treatment] > 0) append(effects, row.customer_id, effectOf(table, treatment, row[treatment]));
    }
    return effects;
  }

  private async erase(
    table: CustomerTable,
    { customerIds }: AnonymizationSet,
    effects: EffectsByCustomer,
  ): Promise<void> {
    const statement = eraseRows(table);
    if (statement === null) return;
    const erased = await this.transaction.execute(statement, [customerIds]);
    const counted = [...effects.values()]
      .flat()
      .filter((effect) => effect.table === table.name && effect.treatment === 'ERASE_ROWS');
    const expected = counted.reduce((sum, { rows }) => sum + rows, 0);
    // A relationship between two customers of the set is counted for both and deleted once.
    const complete =
      table.rule.customerColumns.length === 1 ? erased === expected : erased <= expected && erased * 2 >= expected;
    if (!complete) throw new DomainError('ERASURE_INCOMPLETE', { table: table.name });
  }

  private async rewrite(table: CustomerTable, { customerIds, cause }: AnonymizationSet): Promise<void> {
    const statement = rewriteRows(table);
    if (statement === null) return;
    await this.transaction.execute(statement.sql, [
      customerIds,
      ...statement.stamps.map((stamp) => valueOf(stamp, cause)),
    ]);
  }

  private async redact(table: CustomerTable, set: AnonymizationSet, effects: Map<string, Effect[]>): Promise<void> {
    const rows = await this.redactedRows(table, set.customerIds, set.identifiers);
    if (rows.length === 0) return;
    const texts = Array.from({ length: redactedColumns(table) }, (_, column) => rows.map((row) => row.texts[column]));
    const written = await this.transaction.execute(writeTexts(table), [rows.map(({ id }) => id), ...texts]);
    if (written !== rows.length) throw new DomainError('ERASURE_INCOMPLETE', { table: table.name });
    for (const [customerId, count] of countByCustomer(rows)) append(effects, customerId, redactEffect(table, count));
  }

  /** The rows in which a customer's own value stands, with their texts redacted. */
  private async redactedRows(
    table: CustomerTable,
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<TextRow[]> {
    const statement = readTexts(table);
    if (statement === null) return [];
    const rows = await this.transaction.query<TextRow>(statement, [customerIds]);
    const redactors = new Map<string, Redactor>();
    return rows.flatMap((row) => {
      const redactor = redactors.get(row.customer_id) ?? new Redactor(identifiers.get(row.customer_id) ?? []);
      redactors.set(row.customer_id, redactor);
      const texts = row.texts.map((text) => (text === null ? null : redactor.redact(text)));
      return texts.some((text, column) => text !== row.texts[column]) ? [{ ...row, texts }] : [];
    });
  }
}

function valueOf(stamp: Stamp, cause: Cause): unknown {
  const values: Record<Stamp, unknown> = {
    LABEL: cause.label,
    INSTANT: cause.instant,
    TODAY: cause.today,
    ACTOR: cause.actorId,
    RUN: cause.runId,
  };
  return values[stamp];
}

function effectOf(table: CustomerTable, treatment: CountedTreatment, rows: number): Effect {
  const reason = treatment === 'KEEP' ? keepReason(table) : treatment === 'SEAL' ? sealReason(table) : null;
  return { module: table.module, table: table.name, treatment, rows, ...(reason === null ? {} : { reason }) };
}

const redactEffect = (table: CustomerTable, rows: number): Effect => ({
  module: table.module,
  table: table.name,
  treatment: 'REDACT',
  rows,
});

function countByCustomer(rows: readonly TextRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { customer_id } of rows) counts.set(customer_id, (counts.get(customer_id) ?? 0) + 1);
  return counts;
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
