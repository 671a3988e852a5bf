import type { Bodies } from '../records/record-names';
import type { de } from '../words.de';

/** The closed lists of values. Their texts define the list: a value without a text is not shown. */
type Lists = (typeof de)['lists'];
export type ListName = keyof Lists;

export type HintName = keyof (typeof de)['hints'];

interface Simple {
  readonly as: 'text' | 'longText' | 'date' | 'instant' | 'money' | 'number' | 'flag';
}
interface OneOf<Name extends ListName = ListName> {
  readonly as: 'list';
  readonly list: Name;
}
interface Rows<Row = unknown> {
  readonly as: 'rows';
  readonly form: Form<Row>;
}

/** The type of a value, which determines how it is shown and typed. */
export type Shape = Simple | OneOf | Rows;

export const text = { as: 'text' } as const;
/** a calendar day, `YYYY-MM-DD` */
export const date = { as: 'date' } as const;
export const instant = { as: 'instant' } as const;
/** cents, shown and typed as euros */
export const money = { as: 'money' } as const;
export const list = <Name extends ListName>(name: Name) => ({ as: 'list', list: name }) as const;
/** any number of rows */
export const rows = <Of>(form: Of) => ({ as: 'rows', form }) as const;

/** A shape as a field of a form. */
export type Field = Shape & { readonly isRequired?: true; readonly hint?: HintName };

export const required = <Of extends Shape>(shape: Of) => ({ ...shape, isRequired: true }) as const;
export const hinted = <Of extends Shape>(shape: Of, hint: HintName) => ({ ...shape, hint }) as const;

type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;
type ListOf<Value> = { [Name in ListName]: Same<keyof Lists[Name], Value> extends true ? Name : never }[ListName];

type IsClosed<Value> = [Value] extends [string] ? (string extends Value ? false : true) : false;

/** Record fields whose closed list of values has no texts. */
type Unlisted = {
  [Name in keyof Bodies]: {
    [Field in keyof Bodies[Name] & string]-?: IsClosed<NonNullable<Bodies[Name][Field]>> extends true
      ? [ListOf<NonNullable<Bodies[Name][Field]>>] extends [never]
        ? `${Name}: ${Field}`
        : never
      : never;
  }[keyof Bodies[Name] & string];
}[keyof Bodies];

/** Compiles only if every closed list of the API has texts for its values. */
export const EVERY_LIST_HAS_WORDS: [Unlisted] extends [never] ? true : Unlisted = true;

type ShapeOf<Value> = [Value] extends [boolean]
  ? { readonly as: 'flag' }
  : [Value] extends [number]
    ? typeof money | { readonly as: 'number' }
    : string extends Value
      ? typeof text | { readonly as: 'longText' } | typeof date | typeof instant
      : [Value] extends [string]
        ? OneOf<ListOf<Value>>
        : Value extends readonly (infer Row)[]
          ? Rows<Row>
          : never;

export type FieldOf<Value> = ShapeOf<NonNullable<Value>> & { readonly hint?: HintName };

/**
 * A form for a request of the API: each property is a field of a matching type, required as in the API. The compiler
 * reports missing fields and wrong lists. A null field is omitted from the form and from the request.
 */
export type Form<Body> = {
  readonly [Name in keyof Body]-?: undefined extends Body[Name]
    ? (FieldOf<Body[Name]> & { readonly isRequired?: true }) | null
    : FieldOf<Body[Name]> & { readonly isRequired: true };
};

/** Any form, for components that only render it. */
export type AnyForm = Readonly<Record<string, Field | null>>;
