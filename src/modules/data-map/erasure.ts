import { Injectable } from '@nestjs/common';
import {
  type AnonymizationBatch,
  type Effect,
  type EffectsByCustomer,
  mergeEffects,
} from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import type { ModuleName } from '../../kernel/personal-data';
import { type Identifier, remembering } from '../../libraries/redaction';
import { StatementParameters, StatementTexts } from '../../platform/database/statement-parameters';
import { unionAll, withQueries } from '../../platform/database/sql-text';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import {
  AnonymizationEntries,
  batchParameters,
  batchRelation,
  type FactsOfCustomers,
  type LoggedDataMap,
} from '../audit';
import { type CustomerTable, DataMap } from './data-map';
import { effectsOfNumbers, NamedNumbers } from './named-numbers';
import {
  COUNTED_TREATMENTS,
  countEffects,
  type CountedTreatment,
  effectOf,
  isCustomer,
  rewriteRows,
} from './erasure-statements';
import { identifyingColumns, readIdentifiers, readNamesOfOthers } from './identifier-statements';
import { OwnIdentifiers } from './own-identifiers';
import { loggedDataMap } from './logged-treatments';
import { recordedErasure } from './recorded-erasure';
import { redactorOf } from './redactors';
import { Slices } from './slices';
import { readTexts, redactedColumns, writeTexts } from './text-statements';

/** What a module's step adds to the data map. */
export interface Step {
  /** modules whose tables are also erased, under this module's audit entry */
  readonly alsoIn?: readonly ModuleName[];
  /** effects of sealing, which has already happened */
  readonly sealed?: EffectsByCustomer;
  /** for the audit entry of each customer (facts) and of all customers (details) */
  readonly facts?: FactsOfCustomers;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Number of rows of a table that had to change, and of rows that did. */
interface TableCounts {
  readonly table: string;
  readonly found: number;
  readonly done: number;
}

interface IdentifierRow {
  readonly customer_id: string;
  readonly position: number;
  readonly values: readonly (string | null)[];
}

export type IdentifiersByCustomer = ReadonlyMap<string, readonly Identifier[]>;

type EffectRow = { customer_id: string; table: string } & Record<CountedTreatment, number>;
interface TextRow {
  readonly id: string;
  readonly customer_id: string;
  readonly texts: readonly (string | null)[];
}

const NO_IDENTIFIERS: readonly Identifier[] = [];

/**
 * Applies the data map: counts its effects and executes them. Works in the current transaction, for a whole batch of
 * customers.
 */
@Injectable()
export class Erasure {
  private readonly texts = new StatementTexts();
  private readonly logged: LoggedDataMap;

  constructor(
    private readonly map: DataMap,
    private readonly transaction: TransactionRunner,
    private readonly entries: AnonymizationEntries,
    private readonly numbers: NamedNumbers,
  ) {
    this.logged = loggedDataMap(map);
  }

  /** The values that identify the customers in free text. Must be read before anything is erased. */
  async identifiersOf(customerIds: readonly string[]): Promise<IdentifiersByCustomer> {
    const tables = this.map.allCustomerTables;
    const parameters = new StatementParameters(batchParameters(customerIds));
    const text = this.texts.getOrBuild('identifiers', parameters, () => {
      const selects = tables.map(readIdentifiers).filter((select) => select !== null);
      return aboutBatch(selects, parameters);
    });
    const rows = await this.transaction.queryPrepared<IdentifierRow>(text, parameters.values);
    const found = new Map<string, OwnIdentifiers>();
    for (const { customer_id, position, values } of rows) {
      const own = found.get(customer_id) ?? new OwnIdentifiers();
      found.set(customer_id, own);
      identifyingColumns(tables[position]!).forEach(({ rule }, column) => {
        const value = values[column] ?? null;
        if (value !== null) own.add({ kind: rule.identifies!, value });
      });
    }
    const others = await this.namesOfOthers(
      customerIds,
      [...found.values()].flatMap(({ copiedNames }) => copiedNames),
    );
    return new Map([...found].map(([customerId, own]) => [customerId, own.identifiers(others)]));
  }

  /**
   * Whether redaction finds the customer in a text that is about to be stored in a place where it cannot be redacted
   * later.
   */
  async isNamedIn(customerId: string, text: string): Promise<boolean> {
    const identifiers = await this.identifiersOf([customerId]);
    return redactorOf(identifiers.get(customerId) ?? []).finds(text);
  }

  /** Those of the copied names that are names of cost bearers, branches, employees or articles. */
  private async namesOfOthers(customerIds: readonly string[], names: readonly string[]): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const parameters = new StatementParameters(
      { names: { type: 'text[]', value: [...new Set(names)] } },
      batchParameters(customerIds),
    );
    const text = this.texts.getOrBuild('names of others', parameters, () =>
      readNamesOfOthers(this.map.tables, parameters),
    );
    const rows = await this.transaction.queryPrepared<{ name: string }>(text, parameters.values);
    return new Set(rows.map(({ name }) => name));
  }

  /** The effects that {@link eraseAndRecord} would have in all modules. */
  async preview(customerIds: readonly string[], identifiers: IdentifiersByCustomer): Promise<EffectsByCustomer> {
    const tables = this.map.allCustomerTables;
    const counted = await this.count(tables, customerIds);
    const redacted = await this.redacted(tables, customerIds, identifiers);
    const numbers = await this.numbers.find(tables, customerIds, identifiers);
    return mergeEffects(counted, redactions(redacted), effectsOfNumbers(numbers));
  }

  /**
   * Erases, replaces and redacts the customers' values in the tables of a module, and writes its audit entries.
   *
   * @throws DomainError `ERASURE_INCOMPLETE` when a statement changed a different number of rows than it counted
   */
  async eraseAndRecord(
    module: ModuleName,
    batch: AnonymizationBatch,
    { alsoIn = [], sealed = new Map(), facts, details }: Step = {},
  ): Promise<void> {
    const tables = this.map.customerTables([...alsoIn, module]);
    const redacted = await this.redacted(tables, batch.customerIds, batch.identifiers);
    for (const [table, rows] of redacted) await this.writeTexts(table, rows);
    const numbers = await this.numbers.find(tables, batch.customerIds, batch.identifiers);
    await this.numbers.replace(numbers);
    const known = mergeEffects(redactions(redacted), effectsOfNumbers(numbers), sealed);
    const changes = recordedErasure(tables, this.logged, batch.context, known);
    const counts = await this.entries.write<TableCounts>(changes, { module, facts, details }, batch);
    for (const { table, found, done } of counts)
      if (found !== done) throw new DomainError('ERASURE_INCOMPLETE', { table });
    for (const table of tables.filter(isCustomer)) await this.rewrite(table, batch);
  }

  private async count(
    tables: readonly CustomerTable[],
    customerIds: readonly string[],
  ): Promise<Map<string, Effect[]>> {
    const byName = new Map(tables.map((table) => [table.name, table]));
    const parameters = new StatementParameters(batchParameters(customerIds));
    const rows = await this.transaction.query<EffectRow>(
      aboutBatch(tables.map(countEffects), parameters),
      parameters.values,
    );
    const effects = new Map<string, Effect[]>();
    for (const row of rows) {
      const table = byName.get(row.table)!;
      for (const treatment of COUNTED_TREATMENTS)
        if (row[treatment] > 0) append(effects, row.customer_id, effectOf(table, treatment, row[treatment]));
    }
    return effects;
  }

  private async rewrite(table: CustomerTable, { customerIds, context }: AnonymizationBatch): Promise<void> {
    const statement = rewriteRows(table, customerIds, context);
    if (statement === null) return;
    await this.transaction.executePrepared(statement.sql, statement.parameters.values);
  }

  private async writeTexts(table: CustomerTable, rows: readonly TextRow[]): Promise<void> {
    if (rows.length === 0) return;
    const texts = Array.from({ length: redactedColumns(table) }, (_, column) =>
      rows.map((row) => row.texts[column] ?? null),
    );
    const { sql, parameters } = writeTexts(
      table,
      rows.map(({ id }) => id),
      texts,
    );
    const written = await this.transaction.executePrepared(sql, parameters.values);
    if (written !== rows.length) throw new DomainError('ERASURE_INCOMPLETE', { table: table.name });
  }

  private async redacted(
    tables: readonly CustomerTable[],
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<ReadonlyMap<CustomerTable, readonly TextRow[]>> {
    const found = new Map<CustomerTable, readonly TextRow[]>();
    for (const table of tables) found.set(table, await this.redactedRows(table, customerIds, identifiers));
    return found;
  }

  /** The rows that contain a value of their customer, with redacted texts. */
  private async redactedRows(
    table: CustomerTable,
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<TextRow[]> {
    if (redactedColumns(table) === 0) return [];
    const parameters = new StatementParameters(batchParameters(customerIds));
    const text = this.texts.getOrBuild(table.name, parameters, () => readTexts(table, parameters)!);
    const rows = await this.transaction.queryPrepared<TextRow>(text, parameters.values);
    const read = remembering();
    const slices = new Slices();
    const redacted: TextRow[] = [];
    for (const row of rows) {
      await slices.next();
      const redactor = redactorOf(identifiers.get(row.customer_id) ?? NO_IDENTIFIERS);
      const texts = row.texts.map((text) => (text === null ? null : redactor.redact(text, read)));
      if (texts.some((text, column) => text !== row.texts[column])) redacted.push({ ...row, texts });
    }
    return redacted;
  }
}

/** A statement that returns the rows of all queries about the customers of a batch. */
const aboutBatch = (queries: readonly string[], parameters: StatementParameters): string =>
  withQueries([batchRelation(parameters)], unionAll(queries));

function redactions(redacted: ReadonlyMap<CustomerTable, readonly TextRow[]>): EffectsByCustomer {
  const effects = new Map<string, Effect[]>();
  for (const [table, rows] of redacted)
    for (const [customerId, count] of countByCustomer(rows))
      append(effects, customerId, effectOf(table, 'REDACT', count));
  return effects;
}

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
