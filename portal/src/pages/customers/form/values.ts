import { isUnread, type NotationName } from '../../../ui/typed-field';
import type { AnyForm, Field } from './shapes';

type Value = string | boolean | Values[];

/** The values of the fields of a form. */
export interface Values {
  [name: string]: Value;
}

type Body = Readonly<Record<string, unknown>>;

const fieldsOf = (form: AnyForm): [name: string, field: Field][] =>
  Object.entries(form).filter((entry): entry is [string, Field] => entry[1] !== null);

/** The local time as `YYYY-MM-DDTHH:mm`. */
function localTime(instant: string): string {
  const moment = new Date(instant);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The form values for known data. */
export const valuesOf = (form: AnyForm, known: Body = {}): Values =>
  Object.fromEntries(fieldsOf(form).map(([name, field]) => [name, valueOf(field, known[name] ?? null)]));

function valueOf(field: Field, known: unknown): Value {
  switch (field.as) {
    case 'flag':
      return known === true;
    case 'rows':
      return ((known ?? []) as Body[]).map((row) => valuesOf(field.form as AnyForm, row));
    case 'money':
    case 'number':
      return known === null ? '' : (known as number).toString();
    case 'instant':
      return known === null ? '' : localTime(known as string);
    case 'text':
    case 'longText':
    case 'date':
    case 'list':
      return (known ?? '') as string;
  }
}

/** The typed values as a request body; an empty field is null. */
export const bodyOf = (form: AnyForm, values: Values): Record<string, unknown> =>
  Object.fromEntries(fieldsOf(form).map(([name, field]) => [name, typed(field, values[name]!)]));

function typed(field: Field, value: Value): unknown {
  if (field.as === 'flag') return value;
  if (field.as === 'rows') return (value as Values[]).map((row) => bodyOf(field.form as AnyForm, row));
  const isBlank = typeof value === 'string' && value.trim() === '';
  if (isBlank) return null;
  switch (field.as) {
    case 'money':
    case 'number':
      return Number(value);
    case 'instant':
      return new Date(value as string).toISOString();
    case 'text':
      return (value as string).trim();
    case 'longText':
    case 'date':
    case 'list':
      return value;
  }
}

/** The fields with unreadable input: the expected notation by path. */
export function unreadFields(form: AnyForm, values: Values, prefix = ''): Record<string, NotationName> {
  const found = fieldsOf(form).map(([name, field]): Record<string, NotationName> => {
    const value = values[name]!;
    if (field.as === 'rows')
      return Object.assign(
        {},
        ...(value as Values[]).map((row, index) =>
          unreadFields(field.form as AnyForm, row, `${prefix}${name}.${index}.`),
        ),
      ) as Record<string, NotationName>;
    return typeof value === 'string' && isUnread(value) ? { [`${prefix}${name}`]: field.as as NotationName } : {};
  });
  return Object.assign({}, ...found) as Record<string, NotationName>;
}
