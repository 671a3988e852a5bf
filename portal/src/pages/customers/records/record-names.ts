import type { Schemas } from '../../../api/client';
import type { paths } from '../../../api/schema';

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

/**
 * Every kind of record that the API lists and creates under a customer, except documents: they are files and have their
 * own page.
 */
export type RecordName = Exclude<
  { [Path in keyof paths]: paths[Path] extends Adding<unknown> ? NameIn<Path> : never }[keyof paths],
  'documents'
>;

type Route<Name extends RecordName> = paths[`/api/v1/customers/{id}/${Name}`];
export type Row<Name extends RecordName> =
  Route<Name>['get'] extends Answer<{ readonly items: readonly (infer Each)[] }> ? Each : never;
export type Body<Name extends RecordName> = Route<Name>['post'] extends Asked<infer Content> ? Content : never;

export type Verb<Name extends RecordName> = {
  [Path in keyof paths]: Path extends `/api/v1/${Name}/{id}/${infer Each}` ? Each : never;
}[keyof paths];
export type VerbBody<Name extends RecordName, Each extends string> = `/api/v1/${Name}/{id}/${Each}` extends infer Path
  ? Path extends keyof paths
    ? paths[Path]['post'] extends Asked<infer Content>
      ? Content
      : object
    : never
  : never;

/**
 * Requests with the columns of tables that are not records of a customer: the customer's own row and parts of invoices.
 */
interface OtherBodies {
  readonly customers: Schemas['CreateCustomerRequest'];
  readonly invoiceLines: Schemas['InvoiceLineRequest'];
  readonly payments: Schemas['BookPaymentRequest'];
}

/** Every request that adds a row, by the kind of row. */
export type Bodies = { readonly [Name in RecordName]: Body<Name> } & OtherBodies;

/** Every field that the pages of a customer show or ask for. */
export type RecordField =
  | { [Name in RecordName]: Exclude<keyof Row<Name>, 'id'> }[RecordName]
  | { [Name in keyof Bodies]: keyof Bodies[Name] }[keyof Bodies];
