import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/business-date';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { violatedUnique } from '../../platform/database/violated-constraint';
import { CURSOR_ID, type Page, pageOf, type PageRequest, sortKeyOf } from '../../platform/http/page';
import { invalid } from '../../platform/http/validation.pipe';
import type { RecordDefinition, StoredRecord } from './record-definition';
import type { Booking } from './record-rules';

type Row = { readonly id: string } & Readonly<Record<string, unknown>>;

/** Reads and writes customer records as their definitions describe them. */
@Injectable()
export class RecordStore {
  constructor(private readonly transaction: TransactionRunner) {}

  /** A page of the customer's records in the order of creation; empty for an unknown customer. */
  async page<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    customerId: string,
    today: BusinessDate,
    { limit, cursor }: PageRequest,
  ): Promise<Page<StoredRecord<Fields, Shown>>> {
    const [after] = sortKeyOf(cursor, [CURSOR_ID]) ?? ['0'];
    const rows = await this.transaction.query<Row>(`${selectOf(record)} WHERE t.id > $3 ORDER BY t.id LIMIT $4`, [
      customerId,
      today,
      after,
      limit + 1,
    ]);
    return pageOf(rows, limit, ({ id }) => [id], present<StoredRecord<Fields, Shown>>);
  }

  /** Reads one record of the customer. */
  async find<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    customerId: string,
    today: BusinessDate,
    id: string,
  ): Promise<StoredRecord<Fields, Shown> | undefined> {
    const [row] = await this.transaction.query<Row>(`${selectOf(record)} WHERE t.id = $3`, [customerId, today, id]);
    return row && present<StoredRecord<Fields, Shown>>(row);
  }

  /**
   * Inserts a record and returns its id. The caller has locked the customer for booking.
   *
   * @throws DomainError `VALIDATION_FAILED` for a duplicate key
   */
  async insert<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    fields: Fields,
    { customerId, references }: Booking,
  ): Promise<string> {
    const given = fields as Readonly<Record<string, unknown>>;
    const values: [column: string, value: unknown][] = [['customer_id', customerId]];
    for (const { property, name, reference, whenAbsent } of record.columns)
      values.push([name, (reference ? references[property] : given[property]) ?? whenAbsent ?? null]);
    const number = values.find(([name, value]) => record.series && name === 'number' && value === null);
    if (number) number[1] = await this.nextNumber(record);
    try {
      const row = await this.transaction.one<Row>(
        `INSERT INTO ${record.table} (${values.map(([name]) => name).join(', ')})
         VALUES (${values.map((_, index) => `$${index + 1}`).join(', ')}) RETURNING id`,
        values.map(([, value]) => value),
      );
      return row.id;
    } catch (error) {
      const property = record.unique[violatedUnique(error) ?? ''];
      throw property === undefined ? error : invalid(property, 'DUPLICATE');
    }
  }

  /** Updates columns, given by property, of a locked record. */
  async update<Fields extends object, Shown extends object>(
    { table, columns }: RecordDefinition<Fields, Shown>,
    id: string,
    changes: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const changed = columns.filter(({ property }) => changes[property] !== undefined);
    if (changed.length === 0) return;
    await this.transaction.execute(
      `UPDATE ${table} SET ${changed.map(({ name }, index) => `${name} = $${index + 2}`).join(', ')} WHERE id = $1`,
      [id, ...changed.map(({ property }) => changes[property])],
    );
  }

  /** The next number of the series that no record has; numbers may have been entered or imported. */
  private async nextNumber({ table, series }: Pick<RecordDefinition<object>, 'table' | 'series'>): Promise<string> {
    for (;;) {
      const next = await this.transaction.one<{ number: string; taken: boolean }>(
        `SELECT next.number, EXISTS (SELECT FROM ${table} t WHERE t.number = next.number) AS taken
         FROM (SELECT $1 || lpad(nextval('${series!.sequence}')::text, 6, '0') AS number) AS next`,
        [series!.prefix],
      );
      if (!next.taken) return next.number;
    }
  }
}

/** SELECT for records of the customer $1; $2 is today. */
function selectOf<Fields extends object, Shown extends object>({
  table,
  columns,
  extras = {} as NonNullable<RecordDefinition<Fields, Shown>['extras']>,
}: RecordDefinition<Fields, Shown>): string {
  const shown = columns.map(({ property, name, reference, kind }, index) => {
    const value = reference ? `r${index}.${reference.key}` : `t.${name}`;
    return `${value}${kind === 'money' ? '::float8' : ''} AS "${property}"`; // exact up to 2^53
  });
  for (const [property, { sql }] of Object.entries<{ sql: string }>(extras)) shown.push(`${sql} AS "${property}"`);
  const joins = columns.map(({ name, reference }, index) =>
    reference ? `LEFT JOIN ${reference.table} r${index} ON r${index}.id = t.${name}` : '',
  );
  return `SELECT ${['t.id', ...shown].join(', ')} FROM (SELECT $1::uuid AS customer_id, $2::date AS today) AS asked
    JOIN ${table} t ON t.customer_id = asked.customer_id ${joins.join(' ')}`;
}

const present = <Stored>(row: Row): Stored =>
  Object.fromEntries(
    Object.entries(row).map(([property, value]) => [property, value instanceof Date ? value.toISOString() : value]),
  ) as Stored;
