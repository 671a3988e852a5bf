import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { Column, type ColumnOptions, getMetadataArgsStorage, type ValueTransformer } from 'typeorm';
import { toSnakeCase } from '../../../platform/database/snake-naming.strategy';

/** A reference to a record of another table by its natural key. */
export interface Reference {
  readonly table: string;
  /** column of that table with the natural key */
  readonly key: string;
  /** property whose column stores the id */
  readonly as: string;
  readonly idType?: 'uuid';
  /** whether the record must not belong to another customer */
  readonly ofSameCustomer?: boolean;
  /** whether the record must not be the record's own customer */
  readonly notOwn?: boolean;
}

/** Kind of a value: how the import parses it, and how the portal displays and edits it. */
export type ColumnKind = 'text' | 'longText' | 'date' | 'instant' | 'money' | 'number' | 'flag' | 'list';

/** A column whose value is given from outside, as declared on a property of its entity. */
export interface RecordColumn {
  /** name in the API */
  readonly property: string;
  /** name in the database */
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isRequired: boolean;
  /** whether it is the record's natural key */
  readonly isKey?: boolean;
  /** values that only Lethe itself writes */
  readonly reserved?: readonly string[];
  /** maximum number of characters */
  readonly maxLength?: number;
  /** whether the cents may be negative */
  readonly isSigned?: boolean;
  /** whether the number may have decimal places */
  readonly isDecimal?: boolean;
  /** closed list of allowed values */
  readonly values?: readonly string[];
  readonly reference?: Reference;
  readonly whenAbsent?: boolean | number;
  /** converts between the value of the driver and that of the API */
  readonly transformer?: ValueTransformer;
  /** OpenAPI schema of the stored value */
  readonly schema: ApiPropertyOptions;
}

type Declaration = Omit<RecordColumn, 'property' | 'name'> & {
  /** name of the value list in the portal's words */
  readonly list?: string | null;
  /** column type in the database */
  readonly type: 'text' | 'date' | 'timestamptz' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'uuid';
  readonly options?: Pick<ColumnOptions, 'nullable'>;
  /** the data map's rule */
  readonly personal: PropertyDecorator;
};

// Decorators run while the classes load, so the declarations are kept in a map beside the class.
const declared = new Map<object, RecordColumn[]>();

/** The columns that are given when a row is added or imported, in the order of the entity. */
export const columnsOf = (entity: object): readonly RecordColumn[] => declared.get(entity) ?? [];

export function tableOf(entity: object): string {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  if (table?.name === undefined) throw new Error('An entity names its table');
  return table.name;
}

/** Combines column, validation, OpenAPI description and data-map rule of a property. */
export function declare(declaration: Declaration, ...request: PropertyDecorator[]): PropertyDecorator {
  const { type, options, personal, list, ...column } = declaration;
  const { transformer } = column;
  const hint = { 'x-lethe': { kind: column.kind, ...(list == null ? {} : { list }) } };
  const schema = { ...column.schema, ...hint } as ApiPropertyOptions;
  const onRequest = applyDecorators(...request, ApiProperty(hint as ApiPropertyOptions));
  return (prototype, key) => {
    const property = String(key);
    const stored = column.reference?.as ?? property;
    onRequest(prototype, key);
    Column({ type, transformer, ...options })(prototype, stored);
    personal(prototype, stored);
    const columns = declared.get(prototype.constructor) ?? [];
    declared.set(prototype.constructor, [...columns, { ...column, schema, property, name: toSnakeCase(stored) }]);
  };
}

/** Allows null and absence for a field that is not required. */
export const ifGiven = (required: boolean): PropertyDecorator[] => (required ? [] : [IsOptional()]);

/** Describes a property of the request in OpenAPI. */
export const described = (schema: ApiPropertyOptions, required: boolean) =>
  ApiProperty({ ...schema, ...(required ? { required } : { required, nullable: true }) } as ApiPropertyOptions);

/** Describes the stored value in OpenAPI. */
export const stored = (schema: ApiPropertyOptions, required: boolean) =>
  required ? schema : ({ ...schema, nullable: true } as ApiPropertyOptions);
