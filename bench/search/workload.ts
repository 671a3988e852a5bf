import type { ClientBase } from 'pg';

export interface TypedSearch {
  readonly kind: string;
  readonly typed: string;
}

/** A customer whom a clerk searches for. */
interface Wanted {
  readonly number: string;
  readonly first: string;
  readonly last: string;
  readonly phone: string;
  readonly email: string;
  readonly city: string;
  readonly street: string;
}

const withoutUmlauts = (text: string) =>
  text.replace(/[äöüß]/gi, (letter) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[letter.toLowerCase()] ?? letter);
const withBlanks = (digits: string) => digits.replace(/(\d{2,3})(?=\d{2})/g, '$1 ');
const beginning = (text: string, letters: number) => text.slice(0, letters);

/** Typical input of clerks, by kind of search. */
const KINDS: Readonly<Record<string, (wanted: Wanted) => string>> = {
  'last name': ({ last }) => last,
  'first and last name': ({ first, last }) => `${first} ${last}`,
  'last and first name': ({ first, last }) => `${last}, ${first}`,
  'beginnings of both': ({ first, last }) => `${beginning(last, 4)} ${beginning(first, 3)}`,
  'beginning of a last name': ({ last }) => beginning(last, 4),
  'without umlauts': ({ first, last }) => withoutUmlauts(`${last} ${first}`).toUpperCase(),
  'customer number': ({ number }) => number,
  'phone with blanks': ({ phone }) => withBlanks(phone.replaceAll(' ', '')),
  'phone from abroad': ({ phone }) => phone.replace(/^0/, '+49 '),
  'e-mail': ({ email }) => email,
  'city and last name': ({ city, last }) => `${city} ${last}`,
  'street and last name': ({ street, last }) => `${last} ${beginning(street, 6)}`,
  'two letters': ({ last }) => beginning(last, 2),
  city: ({ city }) => city,
};

/**
 * Searches for customers drawn from the database, one of each kind per customer; the same database gives the same
 * searches.
 */
export async function workload(client: ClientBase, customers: number): Promise<TypedSearch[]> {
  const { rows } = await client.query<Wanted>(
    `SELECT c.customer_number AS number, c.first_name AS first, c.last_name AS last, c.phone, c.email, a.city, a.street
     FROM customer c JOIN address a ON a.customer_id = c.id WHERE c.phone IS NOT NULL AND c.email IS NOT NULL
     ORDER BY md5(c.customer_number) LIMIT $1`,
    [customers],
  );
  return rows.flatMap((wanted) => Object.entries(KINDS).map(([kind, typed]) => ({ kind, typed: typed(wanted) })));
}
