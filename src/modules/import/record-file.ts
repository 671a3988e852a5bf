import type { Type } from '@nestjs/common';
import { tableRuleOf } from '../../kernel/personal-data';
import { toSnakeCase } from '../../platform/database/snake-naming.strategy';
import { list, literal } from '../../platform/database/sql-text';
import { columnsOf, EMPTY, fieldRulesOf, GIVEN, type RecordColumn, tableOf, uniqueRulesOf } from '../records';
import {
  amount,
  boolean,
  type CellType,
  date,
  decimal,
  instant,
  integer,
  oneOf,
  signedAmount,
  text,
} from './cell-type';
import type { Column, ImportFile, Reference, Rule, Unique } from './import-file';

/** The chain's head office, for records from systems without branches. */
export const HEAD_OFFICE = { code: 'HQ', name: 'Hauptsitz' } as const;

type Columns = Readonly<Record<string, Column>>;

export const OF_CUSTOMER: Columns = {
  customer_number: { type: text(), required: true, reference: { to: 'customers', as: 'customer_id' } },
};

/** Additions of the import to what the entity declares. */
interface Additions {
  /** the record of which a row is a part; the customer is that record's */
  readonly partOf?: Type;
  /** by column */
  readonly changes?: Readonly<Record<string, Partial<Column>>>;
  /** columns that only the file has */
  readonly extras?: Columns;
  readonly derived?: ImportFile['derived'];
  readonly rules?: readonly Rule[];
}

/**
 * The import file of a table: columns, references, keys and rules come from its entity. Rows of a customer have the
 * column `customer_number`, unless the entity declares one.
 */
export function recordFile(
  entity: Type,
  { partOf, changes = {}, extras = {}, derived = {}, rules = [] }: Additions = {},
): ImportFile {
  const table = tableOf(entity);
  const declared = columnsOf(entity);
  const key = keyOf(entity);
  const owner = partOf === undefined ? customerOf(entity) : partColumn(partOf);
  const ownReference = declared.find(({ reference }) => reference?.table === table);
  const columns = declared.map((column) => {
    const name = toSnakeCase(column.property);
    return [name, { ...columnOf(column), ...changes[name] }] as const;
  });
  columns.splice(key === undefined ? 0 : 1, 0, ...Object.entries(owner));
  return {
    ...namesOf(table),
    table,
    columns: { ...Object.fromEntries(columns), ...extras },
    derived,
    ...(key === undefined ? {} : { key }),
    unique: [...(key === undefined ? [] : [{ columns: [key], at: key }]), ...uniqueOf(entity, Object.keys(owner))],
    rules: [...declared.flatMap(columnRules), ...rulesOf(entity), ...rules],
    masterData: tableRuleOf(entity)?.kind === 'NO_CUSTOMER_DATA',
    passes: ownReference === undefined ? ['true'] : passesOf(toSnakeCase(ownReference.property)),
  };
}

const keyOf = (entity: Type) => columnsOf(entity).find(({ isKey }) => isKey)?.name;

function customerOf(entity: Type): Columns {
  const rule = tableRuleOf(entity);
  const isOfCustomer = rule?.kind === 'OF_CUSTOMER' && rule.customerColumns.includes('customer_id');
  return isOfCustomer && columnsOf(entity).every(({ name }) => name !== 'customer_id') ? OF_CUSTOMER : {};
}

function partColumn(whole: Type): Columns {
  const table = tableOf(whole);
  const reference: Reference = { to: namesOf(table).name, as: `${table}_id`, givesCustomer: true };
  return { [`${table}_${keyOf(whole)}`]: { type: text(), required: true, reference } };
}

/** The names of the import file for a table, and of its staging table. */
export function namesOf(table: string): Pick<ImportFile, 'name' | 'fileName' | 'staging'> {
  const name = `${table}${/(?:s|ch)$/.test(table) ? 'es' : 's'}`;
  return { name, fileName: `${name}.csv`, staging: `import_${name}` };
}

function columnOf(column: RecordColumn): Column {
  const { reference, isRequired, isKey = false, whenAbsent } = column;
  return {
    type: cellOf(column),
    required: isRequired || isKey,
    ...(reference === undefined ? { sample: sampleOf(column) } : { reference: referenceOf(column, reference.table) }),
    ...(reference?.table === 'branch' && isRequired ? { whenAbsent: HEAD_OFFICE.code } : {}),
    ...(whenAbsent === undefined ? {} : { whenEmpty: String(whenAbsent) }),
  };
}

const referenceOf = ({ name, reference }: RecordColumn, table: string): Reference => ({
  to: namesOf(table).name,
  as: name,
  ...(reference?.ofSameCustomer ? { ofSameCustomer: true } : {}),
});

function cellOf({ kind, maxLength, isSigned, isDecimal, values = [] }: RecordColumn): CellType {
  switch (kind) {
    case 'text':
    case 'longText':
      return text(maxLength);
    case 'date':
      return date;
    case 'instant':
      return instant;
    case 'money':
      return isSigned ? signedAmount : amount;
    case 'number':
      return isDecimal ? decimal : integer;
    case 'flag':
      return boolean;
    case 'list':
      return oneOf(...values);
  }
}

function sampleOf({ kind, values = [] }: RecordColumn): string {
  switch (kind) {
    case 'text':
    case 'longText':
      return 'Beispiel';
    case 'date':
      return '2026-01-15';
    case 'instant':
      return '2026-01-15T10:00:00+01:00';
    case 'money':
      return '1.00';
    case 'number':
      return '1';
    case 'flag':
      return 'true';
    case 'list':
      return values[0]!;
  }
}

const uniqueOf = (entity: Type, owner: readonly string[]): Unique[] =>
  uniqueRulesOf(entity).map(({ fields, at, when }) => ({
    columns: [...owner, ...fields.map(toSnakeCase)],
    at: toSnakeCase(at),
    ...(when === undefined ? {} : { when: (row: string) => `${row}.${toSnakeCase(when.field)} = '${when.value}'` }),
  }));

const rulesOf = (entity: Type): Rule[] =>
  fieldRulesOf(entity).map(({ field, code, when }) => ({
    column: toSnakeCase(field),
    code,
    when: (cell) =>
      Object.entries(when)
        .map(([property, state]) => {
          const value = cell(toSnakeCase(property));
          if (state === EMPTY) return `${value} IS NULL`;
          return state === GIVEN ? `${value} IS NOT NULL` : `${value} = '${String(state)}'`;
        })
        .join(' AND '),
  }));

function columnRules({ property, reference, reserved = [] }: RecordColumn): Rule[] {
  const column = toSnakeCase(property);
  const notAllowed = (when: Rule['when']): Rule => ({ column, code: 'NOT_ALLOWED', when });
  return [
    ...(reference?.notOwn ? [notAllowed((cell) => `${cell('customer_number')} = ${cell(column)}`)] : []),
    ...(reserved.length > 0 ? [notAllowed((cell) => `${cell(column)} IN (${list(reserved.map(literal))})`)] : []),
  ];
}

const passesOf = (reference: string) => [`s.${reference} IS NULL`, `s.${reference} IS NOT NULL`];
