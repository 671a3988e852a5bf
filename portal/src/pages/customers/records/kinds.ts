import { RECORD_FIELDS } from 'virtual:record-fields';
import type { AnyForm, Field } from '../form/shapes';
import { CUSTOMER_KINDS } from './customer-kinds';
import { DEVICE_KINDS } from './device-kinds';
import { FINANCE_KINDS } from './finance-kinds';
import { LOYALTY_KINDS } from './loyalty-kinds';
import type { AnyDeclaration, AnyKind, AnyRow, Column, RecordKinds } from './record-kind';
import type { RecordName } from './record-names';

const KINDS: RecordKinds = { ...CUSTOMER_KINDS, ...FINANCE_KINDS, ...DEVICE_KINDS, ...LOYALTY_KINDS };
const FIELDS = RECORD_FIELDS as Readonly<Record<string, AnyForm>>;

/** A kind of record without its type parameters. Its functions only receive rows of its own route. */
export const kindOf = (name: RecordName): AnyKind =>
  complete(KINDS[name] as unknown as AnyDeclaration, FIELDS[name] ?? {});

/** Adds the fields of the API to a declaration. Each appears in the form, and in the list or below the row. */
function complete(declaration: AnyDeclaration, fields: AnyForm): AnyKind {
  const { first = [], hints = {}, rows = {}, columns, more = [], ...rest } = declaration;
  const ordered = [...first, ...Object.keys(fields).filter((name) => !first.includes(name))];
  const columnOf = (name: string): Column<AnyRow> => [name, fieldOf(fields, name)];
  const listed = columns.map((column) => (typeof column === 'string' ? columnOf(column) : column));
  const names = listed.map(([name]) => name);
  return {
    ...rest,
    columns: listed,
    more: [...more, ...ordered.filter((name) => !names.includes(name)).map(columnOf)],
    form: {
      ...Object.fromEntries(ordered.map((name) => [name, { ...fieldOf(fields, name), hint: hints[name] }])),
      ...rows,
    },
  };
}

function fieldOf(fields: AnyForm, name: string): Field {
  const field = fields[name];
  if (!field) throw new Error(`The API gives no hint for the field ${name}`);
  return field;
}

const names = (kinds: object) => Object.keys(kinds) as RecordName[];

/** All kinds by module, in display order. */
export const KINDS_BY_MODULE = [
  ['customer', names(CUSTOMER_KINDS)],
  ['finance', names(FINANCE_KINDS)],
  ['device', names(DEVICE_KINDS)],
  ['loyalty', names(LOYALTY_KINDS)],
] as const;
