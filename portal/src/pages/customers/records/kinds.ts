import { RECORD_FIELDS } from 'virtual:record-fields';
import { arranged, fieldOf } from '../form/schema-fields';
import type { AnyForm } from '../form/shapes';
import { CUSTOMER_KINDS } from './customer-kinds';
import { DEVICE_KINDS } from './device-kinds';
import { FINANCE_KINDS } from './finance-kinds';
import { LOYALTY_KINDS } from './loyalty-kinds';
import type { AnyDeclaration, AnyKind, AnyRow, Column, RecordKinds } from './record-kind';
import type { RecordName } from './record-names';

const KINDS: RecordKinds = { ...CUSTOMER_KINDS, ...FINANCE_KINDS, ...DEVICE_KINDS, ...LOYALTY_KINDS };
const FIELDS = RECORD_FIELDS as Readonly<Record<string, AnyForm>>;

/** Adds the fields of the API to a declaration. Each appears in the form, and in the list or below the row. */
function complete(declaration: AnyDeclaration, fields: AnyForm): AnyKind {
  const { first, hints, rows = {}, columns, more = [], ...rest } = declaration;
  const form = arranged(fields, { first, hints });
  const columnOf = (name: string): Column<AnyRow> => [name, fieldOf(fields, name)];
  const listed = columns.map((column) => (typeof column === 'string' ? columnOf(column) : column));
  const names = listed.map(([name]) => name);
  return {
    ...rest,
    columns: listed,
    more: [
      ...more,
      ...Object.keys(form)
        .filter((name) => !names.includes(name))
        .map(columnOf),
    ],
    form: { ...form, ...rows },
  };
}

const COMPLETED: ReadonlyMap<string, AnyKind> = new Map(
  Object.entries(KINDS).map(([name, kind]) => [name, complete(kind as unknown as AnyDeclaration, FIELDS[name] ?? {})]),
);

/** A kind of record without its type parameters. Its functions only receive rows of its own route. */
export const kindOf = (name: RecordName): AnyKind => COMPLETED.get(name)!;

const names = (kinds: object) => Object.keys(kinds) as RecordName[];

/** All kinds by module, in display order. */
export const KINDS_BY_MODULE = [
  ['customer', names(CUSTOMER_KINDS)],
  ['finance', names(FINANCE_KINDS)],
  ['device', names(DEVICE_KINDS)],
  ['loyalty', names(LOYALTY_KINDS)],
] as const;
