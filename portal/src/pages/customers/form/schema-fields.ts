import { SCHEMA_FIELDS } from 'virtual:record-fields';
import type { Schemas } from '../../../api/client';
import { type AnyForm, type Field, type Form, type HintName, rows, type Shape } from './shapes';

const FIELDS = SCHEMA_FIELDS as Readonly<Record<string, AnyForm>>;

/** What the portal adds to the fields of the API. */
interface Arrangement<Name extends string> {
  /** the fields with which the form begins; the others follow in the order of the API */
  readonly first?: readonly Name[];
  readonly hints?: { readonly [Field in Name]?: HintName };
  /** fields that may be left out of a request, but are never emptied */
  readonly required?: readonly Name[];
  /** fields that are left to the API */
  readonly without?: readonly Name[];
}

export type AnyArrangement = Arrangement<string>;

/** A form with the fields of the API, arranged. */
export function arranged(fields: AnyForm, arrangement: AnyArrangement): AnyForm {
  const { first = [], hints = {}, required = [], without = [] } = arrangement;
  const ordered = [...first, ...Object.keys(fields).filter((name) => !first.includes(name))];
  const arrangedField = (name: string): Field => ({
    ...fieldOf(fields, name),
    hint: hints[name],
    ...(required.includes(name) ? { isRequired: true } : {}),
  });
  return Object.fromEntries(ordered.map((name) => [name, without.includes(name) ? null : arrangedField(name)]));
}

/** The field that the API describes under this name. */
export function fieldOf(fields: AnyForm, name: string): Field {
  const field = fields[name];
  if (!field) throw new Error(`The API gives no hint for the field ${name}`);
  return field;
}

/** The form of a request. Its fields come from the description of the API. */
export const formOf = <Name extends keyof Schemas>(
  name: Name,
  arrangement: Arrangement<keyof Schemas[Name] & string> = {},
) => arranged(FIELDS[name] ?? {}, arrangement) as Form<Schemas[Name]>;

/** Any number of rows of a request. */
export const rowsOf = <Name extends keyof Schemas>(
  name: Name,
  arrangement: Arrangement<keyof Schemas[Name] & string> = {},
) => rows(formOf(name, arrangement));

/** The values of a response, in the order of the API. */
export const columnsOf = <Name extends keyof Schemas>(name: Name) =>
  Object.entries(FIELDS[name] ?? {}) as unknown as (readonly [name: keyof Schemas[Name] & string, shape: Shape])[];
