import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Effect, EffectsByCustomer } from '../../kernel/anonymization-step';
import type { WarnedRecordType } from '../../kernel/blocker';
import { NAMED_NUMBER } from '../../kernel/retention';
import type { Identifier } from '../../libraries/redaction';
import { StatementParameters, StatementTexts } from '../../platform/database/statement-parameters';
import { list, literal, not, sql, unionAll, where } from '../../platform/database/sql-text';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { batchParameters, effectOn, type MappedTreatment } from '../audit';
import type { CustomerTable, MappedColumn } from './data-map';
import { type NumberCheck, numberCheckOf } from './number-check';
import { joinNumbers } from './queries/named-numbers.queries';
import { rowsErased } from './row-conditions';

/**
 * A record number that names its customer. The number itself is not part of it, so that only the record is reported.
 */
export interface NamedNumber {
  readonly customerId: string;
  readonly table: CustomerTable;
  readonly column: MappedColumn;
  readonly recordType: WarnedRecordType;
  readonly recordId: string;
  /** whether the number is kept, because it was issued to third parties */
  readonly isKept: boolean;
}

interface NumbersOfCustomer {
  readonly customer_id: string;
  readonly numbers: string;
}

interface NumberOfRecord {
  readonly customer_id: string;
  readonly position: number;
  readonly record_type: WarnedRecordType;
  readonly record_id: string;
  readonly number: string;
}

/** Only consonants, so that a surrogate contains neither a name nor a phone number. */
const SURROGATE_LETTERS = 'bcdfghjklmnpqrstvwxz';
const SURROGATE_LENGTH = 20;

/**
 * Finds record numbers that name their customer, and replaces those that were not issued to third parties (ADR 21).
 * Works in the current transaction, for a batch of customers: one statement for all of them, and a second one for
 * suspicious customers.
 */
@Injectable()
export class NamedNumbers {
  private readonly texts = new StatementTexts();

  constructor(private readonly transaction: TransactionRunner) {}

  /** @param identifiers of the customers, read before anything changed */
  async find(
    tables: readonly CustomerTable[],
    customerIds: readonly string[],
    identifiers: ReadonlyMap<string, readonly Identifier[]>,
  ): Promise<NamedNumber[]> {
    const columns = tables.flatMap((table) => numberColumns(table).map((column) => ({ table, column })));
    if (columns.length === 0 || customerIds.length === 0) return [];
    const parametersOf = (ids: readonly string[]) => new StatementParameters(batchParameters(ids));
    const numbersOf = (parameters: StatementParameters) =>
      unionAll(columns.map(({ table, column }, position) => readNumbers(table, column, position, parameters)));
    const ofBatch = parametersOf(customerIds);
    const name = tables.map((table) => table.name).join(' ');
    const text = this.texts.getOrBuild(name, ofBatch, () => joinNumbers(numbersOf(ofBatch)));
    const rows = await this.transaction.queryPrepared<NumbersOfCustomer>(text, ofBatch.values);
    const suspects = new Map<string, NumberCheck>();
    for (const { customer_id, numbers } of rows) {
      const check = numberCheckOf(identifiers.get(customer_id) ?? []);
      if (check.mayFindIn(numbers)) suspects.set(customer_id, check);
    }
    if (suspects.size === 0) return [];
    const ofSuspects = parametersOf([...suspects.keys()]);
    const records = await this.transaction.query<NumberOfRecord>(numbersOf(ofSuspects), ofSuspects.values);
    return records
      .filter(({ customer_id, number }) => suspects.get(customer_id)!.finds(number))
      .map(({ customer_id, position, record_type, record_id }) => ({
        customerId: customer_id,
        ...columns[position]!,
        recordType: record_type,
        recordId: record_id,
        isKept: columns[position]!.column.rule.hasSurrogate !== true,
      }));
  }

  /** Replaces each number that may change with a random surrogate. */
  async replace(numbers: readonly NamedNumber[]): Promise<void> {
    for (const { table, column, recordId } of numbers.filter(({ isKept }) => !isKept))
      await this.transaction.execute(`UPDATE ${table.name} SET ${column.name} = $2 WHERE id = $1`, [
        recordId,
        surrogate(),
      ]);
  }
}

/** Effects on the numbers: replaced, or kept by law. */
export function effectsOfNumbers(numbers: readonly NamedNumber[]): EffectsByCustomer {
  const effects = new Map<string, Map<CustomerTable, Effect>>();
  for (const { customerId, table, column, isKept } of numbers) {
    const ofCustomer = effects.get(customerId) ?? new Map<CustomerTable, Effect>();
    effects.set(customerId, ofCustomer);
    const treatment = treatmentOfNumber(table, isKept ? column.rule.reason : null);
    ofCustomer.set(table, effectOn(treatment, (ofCustomer.get(table)?.rows ?? 0) + 1));
  }
  return new Map([...effects].map(([customerId, ofCustomer]) => [customerId, [...ofCustomer.values()]]));
}

/** The keys distinguish numbers from the other values of the table, which are also kept or replaced. */
const treatmentOfNumber = ({ module, name }: CustomerTable, ground: string | null): MappedTreatment =>
  ground === null
    ? { module, table: name, treatment: 'REPLACE', key: 'REPLACE_NUMBER' }
    : { module, table: name, treatment: 'KEEP', reason: `${NAMED_NUMBER}; ${ground}`, key: 'KEEP_NUMBER' };

/** What may happen to the numbers of a table. */
export const numberTreatments = (table: CustomerTable): MappedTreatment[] =>
  numberColumns(table).map(({ rule }) => treatmentOfNumber(table, rule.hasSurrogate === true ? null : rule.reason));

const numberColumns = (table: CustomerTable) => table.columns.filter(({ rule }) => rule.isRecordNumber === true);

/** Selects (customer_id, position, record_type, record_id, number) of the records that are kept. */
function readNumbers(
  table: CustomerTable,
  { name }: MappedColumn,
  columnIndex: number,
  parameters: StatementParameters,
): string {
  const owner = `${table.name}.${table.rule.customerColumns[0]}`;
  const columns = [
    `${owner} AS customer_id`,
    `${columnIndex} AS position`,
    `${recordType(table)} AS record_type`,
    `${table.name}.id::text AS record_id`,
    `${table.name}.${name} AS number`,
  ];
  const ofBatch = `${owner} = ANY (${parameters.placeholder('customerIds')})`;
  return sql`
    SELECT ${list(columns)}
    FROM ${table.name}
    ${where([ofBatch, `${table.name}.${name} IS NOT NULL`, not(rowsErased(table))])}`;
}

const recordType = ({ name, rule }: CustomerTable): string =>
  rule.recordTypeColumn === undefined ? literal(name.toUpperCase()) : `${name}.${rule.recordTypeColumn}`;

const surrogate = (): string =>
  Array.from({ length: SURROGATE_LENGTH }, () => SURROGATE_LETTERS[randomInt(SURROGATE_LETTERS.length)]).join('');
