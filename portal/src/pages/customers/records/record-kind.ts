import type { AnyForm, FieldOf, Form, HintName, Shape } from '../form/shapes';
import type { Faults } from '../form/use-form-dialog';
import type { Body, RecordName, Row, Verb, VerbBody } from './record-names';

/** A field of the row by its name, or a derived value. */
export type Column<Of> = readonly [name: keyof Of & string, shape: Shape] | DerivedColumn<Of>;
type DerivedColumn<Of> = readonly [name: string, shape: Shape, valueOf: (row: Of) => string | null];

type RowsIn<Content> = {
  readonly [Name in keyof Content as NonNullable<Content[Name]> extends readonly unknown[] ? Name : never]-?: FieldOf<
    Content[Name]
  >;
};

interface Action<Of, Content> {
  /** whether the API would accept the action */
  readonly when: (row: Of) => boolean;
  readonly form: Form<Content>;
  readonly known?: (row: Of) => Partial<Content>;
  readonly faults?: Faults<Content>;
}

interface Declaration<Name extends RecordName> {
  /** columns of the list; the first one names the record. All other fields are shown below the row. */
  readonly columns: readonly ((keyof Body<Name> & string) | Column<Row<Name>>)[];
  /** derived fields of the API, shown below the row */
  readonly more?: readonly Column<Row<Name>>[];
  /** nested lists of a record, shown below the row, one line each */
  readonly parts?: {
    readonly [Part in keyof Row<Name>]?: Row<Name>[Part] extends readonly (infer Each)[]
      ? readonly Column<Each>[]
      : never;
  };
  /** the first fields of the form; the others follow in the order of the API */
  readonly first?: readonly (keyof Body<Name> & string)[];
  readonly hints?: { readonly [Field in keyof Body<Name>]?: HintName };
  /** fields of the form that are lists of rows */
  readonly rows?: RowsIn<Body<Name>>;
  /** every action of the API, by the last segment of its route */
  readonly actions: { readonly [Each in Verb<Name>]: Action<Row<Name>, VerbBody<Name, Each>> };
}

/**
 * The declaration of each kind of record. The fields come from the API's description; a declaration adds what it cannot
 * express. The compiler checks it against the API.
 */
export type RecordKinds = { readonly [Name in RecordName]: Declaration<Name> };

/** Any record, for components that only render it. */
export type AnyRow = Readonly<Record<string, unknown>> & { readonly id: string };

export interface AnyAction {
  readonly when: (row: AnyRow) => boolean;
  readonly form: AnyForm;
  readonly known?: (row: AnyRow) => object;
  readonly faults?: Faults<object>;
}

/** Any declaration, before it is completed. */
export interface AnyDeclaration extends Omit<AnyKind, 'columns' | 'more' | 'form'> {
  readonly columns: readonly (string | Column<AnyRow>)[];
  readonly more?: readonly Column<AnyRow>[];
  readonly first?: readonly string[];
  readonly hints?: Readonly<Record<string, HintName>>;
  readonly rows?: AnyForm;
}

/** Any kind of record, for components that only render it. */
export interface AnyKind {
  readonly columns: readonly Column<AnyRow>[];
  readonly more: readonly Column<AnyRow>[];
  readonly parts?: Readonly<Record<string, readonly Column<AnyRow>[]>>;
  readonly form: AnyForm;
  readonly actions: Readonly<Record<string, AnyAction>>;
}
