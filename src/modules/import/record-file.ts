import type { Type } from '@nestjs/common';
import { columnsOf, fieldRulesOf, type RecordColumn, snakeCase, tableOf, uniqueRulesOf } from '../records';
import { amount, boolean, type CellType, date, instant, integer, oneOf, signedAmount, text } from './cell-type';
import type { Column, ImportFile, Reference, Rule, Unique } from './import-file';

/** The chain's head office, for records from systems without branches. */
export const HEAD_OFFICE = { code: 'HQ', name: 'Hauptsitz' } as const;

const OF_CUSTOMER: Column = { type: text(), required: true, reference: { to: 'customers', as: 'customer_id' } };

/** Additions of the import to what the entity declares. */
interface More {
  readonly columns?: Readonly<Record<string, Partial<Column>>>;
  readonly rules?: readonly Rule[];
}

/**
 * The import file of a kind of record: columns, references, unique keys and rules between fields come from its entity.
 */
export function recordFile(entity: Type, { columns: special = {}, rules = [] }: More = {}): ImportFile {
  const table = tableOf(entity);
  const declared = columnsOf(entity);
  const key = declared.find(({ isKey }) => isKey)?.name;
  const ownReference = declared.find(({ reference }) => reference?.table === table);
  const columns = declared.map((column) => {
    const name = snakeCase(column.property);
    return [name, { ...columnOf(column), ...special[name] }] as const;
  });
  columns.splice(key === undefined ? 0 : 1, 0, ['customer_number', OF_CUSTOMER]);
  return {
    ...namesOf(table),
    table,
    columns: Object.fromEntries(columns),
    derived: {},
    ...(key === undefined ? {} : { key }),
    unique: [...(key === undefined ? [] : [{ columns: [key], at: key }]), ...uniqueOf(entity)],
    rules: [...declared.flatMap(notOwnRule), ...rulesOf(entity), ...rules],
    masterData: false,
    passes: ownReference === undefined ? ['true'] : passesOf(snakeCase(ownReference.property)),
  };
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

function cellOf({ kind, maxLength, isSigned, values = [] }: RecordColumn): CellType {
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
      return integer;
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

const uniqueOf = (entity: Type): Unique[] =>
  uniqueRulesOf(entity).map(({ fields, at, when }) => ({
    columns: ['customer_number', ...fields.map(snakeCase)],
    at: snakeCase(at),
    ...(when === undefined ? {} : { when: (row: string) => `${row}.${snakeCase(when.field)} = '${when.value}'` }),
  }));

const rulesOf = (entity: Type): Rule[] =>
  fieldRulesOf(entity).map(({ field, code, when }) => ({
    column: snakeCase(field),
    code,
    when: Object.entries(when)
      .map(([name, state]) => {
        if (typeof state === 'object') return `s.${snakeCase(name)} = '${state.value}'`;
        return `s.${snakeCase(name)} IS ${state === 'EMPTY' ? 'NULL' : 'NOT NULL'}`;
      })
      .join(' AND '),
  }));

function notOwnRule({ property, reference }: RecordColumn): Rule[] {
  const column = snakeCase(property);
  return reference?.notOwn ? [{ column, code: 'NOT_ALLOWED', when: `s.customer_number = s.${column}` }] : [];
}

const passesOf = (reference: string) => [`s.${reference} IS NULL`, `s.${reference} IS NOT NULL`];
