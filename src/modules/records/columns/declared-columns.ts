import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Column, type ColumnOptions, getMetadataArgsStorage, type ValueTransformer } from 'typeorm';

/** A record of another table, named by its natural key. */
export interface Reference {
  readonly table: string;
  /** column of that table by which it is named */
  readonly key: string;
  /** property whose column holds its id */
  readonly as: string;
  readonly idType?: 'uuid';
  /** must not belong to another customer */
  readonly ofSameCustomer?: boolean;
  /** must not be the record's own customer */
  readonly notOwn?: boolean;
}

/** What a value is: how the import reads it, and how the portal shows it and asks for it. */
export type ColumnKind = 'text' | 'longText' | 'date' | 'instant' | 'money' | 'number' | 'flag' | 'list';

/** A column of a record's table, as a property of its entity declares it. */
export interface RecordColumn {
  /** in the API */
  readonly property: string;
  /** in the database */
  readonly name: string;
  readonly kind: ColumnKind;
  readonly isRequired: boolean;
  /** the record is named by it */
  readonly isKey?: boolean;
  /** characters */
  readonly maxLength?: number;
  /** cents below zero */
  readonly isSigned?: boolean;
  /** a number may have decimal places */
  readonly isDecimal?: boolean;
  /** closed list of values */
  readonly values?: readonly string[];
  readonly reference?: Reference;
  readonly whenAbsent?: boolean | number;
  /** between the value of the driver and that of the API */
  readonly transformer?: ValueTransformer;
  /** of the stored value, for OpenAPI */
  readonly schema: ApiPropertyOptions;
}

type Declaration = Omit<RecordColumn, 'property' | 'name'> & {
  /** name of the list of values among the portal's words */
  readonly list?: string;
  /** type of the column in the database */
  readonly type: 'text' | 'date' | 'timestamptz' | 'bigint' | 'integer' | 'numeric' | 'boolean' | 'uuid';
  readonly options?: Pick<ColumnOptions, 'nullable'>;
  /** the data map's rule */
  readonly personal: PropertyDecorator;
};

// Decorators run while the classes load, so what they say is kept beside the class.
const declared = new Map<object, RecordColumn[]>();

/** The columns of a record that are given when it is added, in the order of the entity. */
export const columnsOf = (entity: object): readonly RecordColumn[] => declared.get(entity) ?? [];

export function tableOf(entity: object): string {
  const table = getMetadataArgsStorage().tables.find(({ target }) => target === entity);
  if (table?.name === undefined) throw new Error('An entity names its table');
  return table.name;
}

export const snakeCase = (property: string) => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Column, validation, description and data-map rule of a property at once. */
export function declare(declaration: Declaration, ...request: PropertyDecorator[]): PropertyDecorator {
  const { type, options, personal, list, ...column } = declaration;
  const { transformer } = column;
  const hint = { 'x-lethe': { kind: column.kind, ...(list === undefined ? {} : { list }) } };
  const schema = { ...column.schema, ...hint } as ApiPropertyOptions;
  const onRequest = applyDecorators(...request, ApiProperty(hint as ApiPropertyOptions));
  return (prototype, key) => {
    const property = String(key);
    const stored = column.reference?.as ?? property;
    onRequest(prototype, key);
    Column({ type, transformer, ...options })(prototype, stored);
    personal(prototype, stored);
    const columns = declared.get(prototype.constructor) ?? [];
    declared.set(prototype.constructor, [...columns, { ...column, schema, property, name: snakeCase(stored) }]);
  };
}

/** Describes a property of the request. */
export const described = (schema: ApiPropertyOptions, required: boolean) =>
  ApiProperty({ ...schema, ...(required ? { required } : { required, nullable: true }) } as ApiPropertyOptions);

/** Describes the value as it is stored. */
export const stored = (schema: ApiPropertyOptions, required: boolean) =>
  required ? schema : ({ ...schema, nullable: true } as ApiPropertyOptions);
