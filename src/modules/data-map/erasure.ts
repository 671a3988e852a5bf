import { Injectable } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
import {
  type AnonymizationSet,
  type Cause,
  type Effect,
  type EffectsByCustomer,
  mergeEffects,
} from '../../kernel/anonymization-step';
import { DomainError } from '../../kernel/domain-error';
import type { ModuleName } from '../../kernel/personal-data';
import { type Identifier, remembering } from '../../libraries/redaction';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AnonymizationEntries, type FactsOfCustomers, FIRST_PARAMETER, type ToldStatement } from '../audit';
import { type CustomerTable, DataMap } from './data-map';
import { effectsOfNumbers, NamedNumbers } from './named-numbers';
import {
  COUNTED_TREATMENTS,
  countEffects,
  type CountedTreatment,
  effectOf,
  eraseTable,
  identifyingColumns,
  isCustomer,
  readIdentifiers,
  readNamesOfOthers,
  readTexts,
  redactedColumns,
  rewriteRows,
  type Stamp,
  writeTexts,
} from './erasure-statements';
import { OwnIdentifiers } from './own-identifiers';
import { redactorOf } from './redactors';
import { Slices } from './slices';

/** What a module's step adds to what the data map says. */
export interface Step {
  /** modules whose tables are erased along, under this module's audit entry */
  readonly alsoIn?: readonly ModuleName[];
  /** what was sealed before */
  readonly sealed?: EffectsByCustomer;
  /** for the audit entry of each customer, and of all of them */
  readonly facts?: FactsOfCustomers;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How many rows of a table were to be changed, and were. */
interface Outcome {
  readonly table: string;
  readonly found: number;
  readonly done: number;
}

interface IdentifierRow {
  readonly customer_id: string;
  readonly place: number;
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

const SUBJECT = 'WITH subject AS (SELECT unnest($1::uuid[]) AS customer_id)';

/** Carries the data map out: counts what it would do, and does it. Works in the transaction in progress, on a set of customers at once. */
@Injectable()
export class Erasure {
  constructor(
    private readonly map: DataMap,
    private readonly transaction: TransactionRunner,
    private readonly entries: AnonymizationEntries,
    private readonly numbers: NamedNumbers,
  ) {}

  /** The values that identify the customers in free text; they must be read before anything is erased. */
  async identifiersOf(customerIds: readonly string[]): Promise<IdentifiersByCustomer> {
    const tables = this.map.allCustomerTables;
    const selects = tables.map(readIdentifiers).filter((select) => select !== null);
    const rows = await this.transaction.queryPrepared<IdentifierRow>(`${SUBJECT} ${selects.join(' UNION ALL ')}`, [
      customerIds,
    ]);
    const found = new Map<string, OwnIdentifiers>();
    for (const { customer_id, place, values } of rows) {
      const own = found.get(customer_id) ?? new OwnIdentifiers();
      found.set(customer_id, own);
      identifyingColumns(tables[place]!).forEach(({ rule }, column) => {
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

  /** Whether redaction finds the customer in a text that is about to be stored where nothing redacts it. */
  async isNamedIn(customerId: string, text: string): Promise<boolean> {
    const identifiers = await this.identifiersOf([customerId]);
    return redactorOf(identifiers.get(customerId) ?? []).finds(text);
  }

  /** Those of the copied names that cost bearers, branches, employees or articles have. */
  private async namesOfOthers(customerIds: readonly string[], names: readonly string[]): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const rows = await this.transaction.queryPrepared<{ name: string }>(readNamesOfOthers(this.map.tables), [
      [...new Set(names)],
      customerIds,
    ]);
    return new Set(rows.map(({ name }) => name));
  }

  /** What {@link apply} would do in all modules. */
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
   * @throws DomainError `ERASURE_INCOMPLETE` when a statement touched other rows than were counted under the same lock
   */
  async apply(
    module: ModuleName,
    set: AnonymizationSet,
    { alsoIn = [], sealed = new Map(), facts, details }: Step = {},
  ): Promise<void> {
    const tables = this.map.customerTables([...alsoIn, module]);
    const redacted = await this.redacted(tables, set.customerIds, set.identifiers);
    for (const [table, rows] of redacted) await this.writeTexts(table, rows);
    const numbers = await this.numbers.find(tables, set.customerIds, set.identifiers);
    await this.numbers.replace(numbers);
    const known = mergeEffects(redactions(redacted), effectsOfNumbers(numbers), sealed);
    const outcomes = await this.entries.write<Outcome>(module, set, carryOut(tables, set.cause, known), facts, details);
    for (const { table, found, done } of outcomes)
      if (found !== done) throw new DomainError('ERASURE_INCOMPLETE', { table });
    for (const table of tables.filter(isCustomer)) await this.rewrite(table, set);
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

  private async rewrite(table: CustomerTable, { customerIds, cause }: AnonymizationSet): Promise<void> {
    const statement = rewriteRows(table);
    if (statement === null) return;
    await this.transaction.executePrepared(statement.sql, [
      customerIds,
      ...statement.stamps.map((stamp) => valueOf(stamp, cause)),
    ]);
  }

  private async writeTexts(table: CustomerTable, rows: readonly TextRow[]): Promise<void> {
    if (rows.length === 0) return;
    const texts = Array.from({ length: redactedColumns(table) }, (_, column) => rows.map((row) => row.texts[column]));
    const written = await this.transaction.executePrepared(writeTexts(table), [rows.map(({ id }) => id), ...texts]);
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

  /** The rows in which a customer's own value stands, with their texts redacted. */
  private async redactedRows(
    table: CustomerTable,
    customerIds: readonly string[],
    identifiers: IdentifiersByCustomer,
  ): Promise<TextRow[]> {
    const statement = readTexts(table);
    if (statement === null) return [];
    const rows = await this.transaction.queryPrepared<TextRow>(statement, [customerIds]);
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

/** One statement for all tables of a step, with the effects that are known already. */
function carryOut(tables: readonly CustomerTable[], cause: Cause, known: EffectsByCustomer): ToldStatement {
  const stamps: Stamp[] = [];
  const erasures = tables.map((table, place) => eraseTable(table, place, stamps, FIRST_PARAMETER + 2));
  const texts = [...known.values()].map((effects) => effects.map((effect) => `,${canonicalize(effect)}`).join(''));
  const toldBefore = `SELECT customer_id, ${tables.length}, effects
    FROM unnest($${FIRST_PARAMETER}::uuid[], $${FIRST_PARAMETER + 1}::text[]) AS known(customer_id, effects)`;
  return {
    queries: erasures.flatMap(({ queries }) => queries),
    told: [...erasures.map(({ told }) => told), toldBefore].join(' UNION ALL '),
    answer: erasures.flatMap(({ check }) => check ?? []).join(' UNION ALL '),
    parameters: [[...known.keys()], texts, ...stamps.map((stamp) => valueOf(stamp, cause))],
  };
}

function redactions(redacted: ReadonlyMap<CustomerTable, readonly TextRow[]>): EffectsByCustomer {
  const effects = new Map<string, Effect[]>();
  for (const [table, rows] of redacted)
    for (const [customerId, count] of countByCustomer(rows))
      append(effects, customerId, effectOf(table, 'REDACT', count));
  return effects;
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
