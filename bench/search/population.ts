import type { ClientBase } from 'pg';
import { CITIES, FIRST_NAMES, LAST_NAMES, STREETS } from './german-names';

const CUSTOMERS_PER_BATCH = 50_000;

/** An element of the array `$n`; the greater the exponent, the more often the first ones. */
const drawn = (parameter: number, exponent: number) =>
  `($${parameter}::text[])[1 + floor(random() ^ ${exponent} * cardinality($${parameter}::text[]))::int]`;

const digits = (count: number) => `lpad(floor(random() * 1e${count})::bigint::text, ${count}, '0')`;

/** Customers $1 to $2 with their addresses and their entries in the search index. */
const INSERT_BATCH = `
  WITH drawn AS MATERIALIZED (
    SELECT n, uuid_v7() AS id, ${drawn(3, 1.5)} AS first_name, ${drawn(4, 2)} AS last_name, ${drawn(5, 1.5)} AS street,
      1 + floor(random() ^ 1.5 * cardinality($6::text[]))::int AS city, random() AS contact
    FROM generate_series($1::int, $2::int) AS n),
  person AS (
    SELECT id, 'K' || (100000 + n) AS number, first_name, last_name, street || ' ' || 1 + floor(random() * 120)::int AS street,
      ($6::text[])[city] AS city, ($7::text[])[city] || ${digits(2)} AS postal_code,
      CASE WHEN contact < 0.8 THEN ($8::text[])[city] || ' ' || ${digits(7)} END AS phone,
      CASE WHEN contact > 0.4 THEN '0' || 151 + floor(random() * 28)::int || ' ' || ${digits(8)} END AS mobile,
      CASE WHEN contact > 0.6 THEN lower(regexp_replace(unaccent(first_name || '.' || last_name), '[^A-Za-z.]', '', 'g')) || n || '@example.org' END AS email,
      date '1930-01-01' + floor(random() * 28000)::int AS birth_date
    FROM drawn),
  stored AS (
    INSERT INTO customer (id, customer_number, branch_id, status, first_name, last_name, email, phone, mobile, birth_date)
    SELECT id, number, $9::bigint, 'ACTIVE', first_name, last_name, email, phone, mobile, birth_date FROM person RETURNING id),
  housed AS (
    INSERT INTO address (customer_id, type, street, postal_code, city, country)
    SELECT id, 'RESIDENTIAL', street, postal_code, city, 'DE' FROM person)
  SELECT array_agg(id) AS ids FROM stored`;

/**
 * Fills an empty database with fictional customers: customer, address and customer_search only. The same size gives the
 * same customers.
 */
export async function populate(owner: ClientBase, customers: number, said: (done: number) => void): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(
    "INSERT INTO branch (code, name) VALUES ('BENCH', 'Bench') RETURNING id",
  );
  const lists = [
    FIRST_NAMES,
    LAST_NAMES,
    STREETS,
    CITIES.map(([city]) => city),
    CITIES.map(([, postalCode]) => postalCode),
    CITIES.map(([, , areaCode]) => areaCode),
  ];
  const index = await withoutIndex(owner, 'customer_search_prefixes');
  await owner.query('SELECT setseed(0.42)');
  for (let first = 1; first <= customers; first += CUSTOMERS_PER_BATCH) {
    const last = Math.min(first + CUSTOMERS_PER_BATCH - 1, customers);
    await owner.query('BEGIN');
    const { rows: batch } = await owner.query<{ ids: string[] }>(INSERT_BATCH, [first, last, ...lists, rows[0]!.id]);
    await owner.query('SELECT refresh_customer_search($1::uuid[])', [batch[0]!.ids]);
    await owner.query('COMMIT');
    said(last);
  }
  await owner.query("SET maintenance_work_mem = '256MB'");
  await owner.query(index);
}

/** Drops an index that is faster to build than to maintain, and returns the statement that creates it again. */
async function withoutIndex(owner: ClientBase, name: string): Promise<string> {
  const { rows } = await owner.query<{ definition: string }>('SELECT pg_get_indexdef($1::regclass) AS definition', [
    name,
  ]);
  await owner.query(`DROP INDEX ${name}`);
  return rows[0]!.definition;
}
