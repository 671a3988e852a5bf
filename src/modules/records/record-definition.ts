import type { Type } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { NotFoundCode } from '../../kernel/error-codes';
import { columnsOf, type RecordColumn, tableOf } from './columns/declared-columns';
import { uniqueRulesOf } from './columns/field-rules';
import type { RecordRules } from './record-rules';

/** A computed property of a record: an expression over the record `t` and `asked(customer_id, today)`. */
export interface Extra {
  readonly sql: string;
  readonly schema: ApiPropertyOptions;
}

interface Declaration<Fields extends object, Shown extends object> {
  /** name in OpenAPI, such as `Address` */
  readonly name: string;
  /** path below `/customers/:id/` */
  readonly path: string;
  /** declares the columns and the rules between them */
  readonly entity: Type;
  /** the entity's columns that the client gives */
  readonly request: Type<Fields>;
  /** series of numbers for records that are added without one; it may have gaps */
  readonly series?: { readonly sequence: string; readonly prefix: string };
  readonly rules?: Type<RecordRules<NoInfer<Fields>>>;
  readonly extras?: { readonly [Property in keyof Shown]: Extra };
}

/** A kind of customer record, as the shared routes need it. */
export interface RecordDefinition<
  Fields extends object,
  Shown extends object = object,
  NotFound extends NotFoundCode | null = NotFoundCode | null,
> extends Declaration<Fields, Shown> {
  readonly table: string;
  readonly columns: readonly RecordColumn[];
  /** unique constraints of the table, each with the property at which a duplicate is reported */
  readonly unique: Readonly<Record<string, string>>;
  /** error code for an unknown id; null for a record without actions of its own */
  readonly notFound: NotFound;
}

/** A kind of record with actions of its own, such as `POST /quotes/:id/end`. */
export type ActionableRecord<Fields extends object, Shown extends object = object> = RecordDefinition<
  Fields,
  Shown,
  NotFoundCode
>;

/** A record as the API shows it. */
export type StoredRecord<Fields extends object, Shown extends object = object> = { readonly id: string } & {
  readonly [Property in Exclude<keyof Fields, keyof Shown>]-?: Exclude<Fields[Property], undefined>;
} & Readonly<Shown>;

export const defineRecord = <Fields extends object, Shown extends object = object>(
  declaration: Declaration<Fields, Shown>,
): RecordDefinition<Fields, Shown, null> => {
  const table = tableOf(declaration.entity);
  const columns = columnsOf(declaration.entity);
  const unique: Record<string, string> = {};
  for (const { name, property, isKey } of columns) if (isKey) unique[`${table}_${name}_key`] = property;
  for (const { constraint, at } of uniqueRulesOf(declaration.entity)) unique[constraint] = at;
  return { ...declaration, table, columns, unique, notFound: null };
};

export const defineActionableRecord = <Fields extends object, Shown extends object = object>(
  notFound: NotFoundCode,
  declaration: Declaration<Fields, Shown>,
): ActionableRecord<Fields, Shown> => ({ ...defineRecord(declaration), notFound });
