import type { paths } from '../../../api/schema';
import type { Field, Form, Shape } from '../form/shapes';
import type { Faults } from '../form/use-form-dialog';

interface Answer<Content> {
  readonly responses: { readonly 200: { readonly content: { readonly 'application/json': Content } } };
}
interface Asked<Content> {
  readonly requestBody: { readonly content: { readonly 'application/json': Content } };
}
interface Adding<Body> {
  readonly get: Answer<{ readonly items: readonly unknown[]; readonly nextCursor: string | null }>;
  readonly post: Asked<Body>;
}

type NameIn<Path> = Path extends `/api/v1/customers/{id}/${infer Name}` ? Name : never;

/** Every kind of record that the API lists and adds to below a customer. Documents are files, and have a page of their own. */
export type RecordName = Exclude<
  { [Path in keyof paths]: paths[Path] extends Adding<unknown> ? NameIn<Path> : never }[keyof paths],
  'documents'
>;

type Route<Name extends RecordName> = paths[`/api/v1/customers/{id}/${Name}`];
export type Row<Name extends RecordName> =
  Route<Name>['get'] extends Answer<{ readonly items: readonly (infer Each)[] }> ? Each : never;
export type Body<Name extends RecordName> = Route<Name>['post'] extends Asked<infer Content> ? Content : never;

type Verb<Name extends RecordName> = {
  [Path in keyof paths]: Path extends `/api/v1/${Name}/{id}/${infer Each}` ? Each : never;
}[keyof paths];
type VerbBody<Name extends RecordName, Each extends string> = `/api/v1/${Name}/{id}/${Each}` extends infer Path
  ? Path extends keyof paths
    ? paths[Path]['post'] extends Asked<infer Content>
      ? Content
      : object
    : never
  : never;

/** A value of a row by its name, or one that is worked out from it. */
export type Column<Of> = readonly [name: keyof Of & string, shape: Shape] | DerivedColumn<Of>;
type DerivedColumn<Of> = readonly [name: string, shape: Shape, valueOf: (row: Of) => string | null];

interface Action<Of, Content> {
  /** whether the API would do it */
  readonly when: (row: Of) => boolean;
  readonly form: Form<Content>;
  readonly known?: (row: Of) => Partial<Content>;
  readonly faults?: Faults<Content>;
}

interface Declaration<Name extends RecordName> {
  /** the first one names the record */
  readonly columns: readonly Column<Row<Name>>[];
  /** what else is known, below the row */
  readonly more?: readonly Column<Row<Name>>[];
  /** lists that a record consists of, below the row, one line each */
  readonly parts?: {
    readonly [Part in keyof Row<Name>]?: Row<Name>[Part] extends readonly (infer Each)[]
      ? readonly Column<Each>[]
      : never;
  };
  readonly form: Form<Body<Name>>;
  /** by the last part of the address; each one that the API has */
  readonly actions: { readonly [Each in Verb<Name>]: Action<Row<Name>, VerbBody<Name, Each>> };
}

/** What a customer's page has to know of a kind of record; the compiler holds it against the API. */
export type RecordKinds = { readonly [Name in RecordName]: Declaration<Name> };

/** Any record, for those who only draw it. */
export type AnyRow = Readonly<Record<string, unknown>> & { readonly id: string };

export interface AnyAction {
  readonly when: (row: AnyRow) => boolean;
  readonly form: Readonly<Record<string, Field | null>>;
  readonly known?: (row: AnyRow) => object;
  readonly faults?: Faults<object>;
}

/** Any kind of record, for those who only draw it. */
export interface AnyKind {
  readonly columns: readonly Column<AnyRow>[];
  readonly more?: readonly Column<AnyRow>[];
  readonly parts?: Readonly<Record<string, readonly Column<AnyRow>[]>>;
  readonly form: Readonly<Record<string, Field | null>>;
  readonly actions: Readonly<Record<string, AnyAction>>;
}
