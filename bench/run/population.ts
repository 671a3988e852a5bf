import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { wrapKey } from '../../src/modules/archive/crypto/key-wrap';
import type { BenchDatabase } from '../bench-database';
import { CITIES, FIRST_NAMES, LAST_NAMES, STREETS } from '../search/german-names';
import { bulkLoad } from './bulk-load';

const CUSTOMERS_PER_BATCH = 20_000;
const LANES = 2;

/** A number from 0 to 1 that is fixed for customer `n`. */
const share = (salt: number) => `((hashint8extended(n, ${salt}) & 4294967295)::float8 / 4294967296)`;
const upTo = (count: number, salt: number) => `floor(${share(salt)} * ${count})::int`;
/** An element of the array `$list`; the greater the exponent, the more often the first ones. */
const drawn = (list: number, salt: number, exponent = 1) =>
  `($${list}::text[])[1 + floor(${share(salt)} ^ ${exponent} * cardinality($${list}::text[]))::int]`;
const digits = (count: number, salt: number) => `lpad((${share(salt)} * 1e${count})::bigint::text, ${count}, '0')`;

/**
 * Generates the customers $1 to $2. `slot` decides what blocks a customer: of each 200 customers, one for each of the
 * five rules' six codes. Ids increase with `n`, like those of customers entered one after the other.
 */
const PEOPLE = `
  CREATE TEMPORARY TABLE person AS
  WITH drawn AS MATERIALIZED (
    SELECT n, lpad(to_hex(1420070400000 + n * 300), 12, '0') AS time, md5('customer ' || n) AS noise, 1 + ${upTo(CITIES.length, 1)} AS city,
      ${drawn(3, 2, 1.5)} AS first_name, ${drawn(4, 3, 2)} AS last_name, ${drawn(4, 4, 2)} AS birth_name,
      ${drawn(5, 5, 1.5)} || ' ' || 1 + ${upTo(120, 6)} AS street, date '1930-01-01' + ${upTo(28_000, 7)} AS birth_date
    FROM generate_series($1::int, $2::int) AS n)
  SELECT n, n % 200 AS slot, (left(time, 8) || '-' || right(time, 4) || '-7' || left(noise, 3) || '-8' || substr(noise, 4, 3) || '-' || substr(noise, 7, 12))::uuid AS id,
    'K' || 100000 + n AS number, first_name, last_name, first_name || ' ' || last_name AS name, birth_name, street, birth_date,
    ($6::text[])[city] AS city, ($7::text[])[city] || ${digits(2, 8)} AS postal_code, ($8::text[])[city] || ' ' || ${digits(7, 9)} AS phone,
    '0' || 151 + ${upTo(28, 10)} || ' ' || ${digits(8, 11)} AS mobile,
    lower(regexp_replace(unaccent(first_name || '.' || last_name), '[^A-Za-z.]', '', 'g')) || n || '@example.org' AS email,
    'DE' || ${digits(10, 12)} || ${digits(10, 13)} AS iban, 'M' || ${digits(9, 14)} AS member_number, 'C' || 1000000000 + n AS card_number,
    1 + n % 20 AS master, current_date AS today
  FROM drawn`;

/**
 * Three invoices for each customer, from seven months to eleven years old; for each 20th customer a credit note (4) for
 * the oldest one, for each 50th a draft (5).
 */
const DOCUMENTS = `
  CREATE TEMPORARY TABLE document AS
  SELECT p.*, which, 5 * (n - 1) + which AS invoice_id, lines, lines * (5000 + ${upTo(100_000, 15)}) AS gross,
    CASE which WHEN 1 THEN CASE slot WHEN 1 THEN today - 30 ELSE today - 210 - ${upTo(1000, 16)} END WHEN 2 THEN today - 1210 - ${upTo(1500, 17)}
      WHEN 3 THEN today - 2710 - ${upTo(1300, 18)} WHEN 4 THEN today - 2700 END AS issued_on
  FROM person p, generate_series(1, 5) AS which, LATERAL (SELECT CASE WHEN (n + least(which, 3)) % 3 = 0 THEN 3 ELSE 2 END AS lines) AS size
  WHERE which < 4 OR which = 4 AND n % 20 = 7 OR which = 5 AND n % 50 = 0`;

/**
 * All records of the customers, about 35 each. Ids are calculated from `n`, so that records can refer to each other
 * without being read back.
 */
const RECORDS = [
  `INSERT INTO customer (id, customer_number, branch_id, status, salutation, first_name, last_name, birth_name, birth_date, gender, email, phone, mobile, note, physician, created_at)
   SELECT id, number, master, CASE WHEN n % 40 = 0 THEN 'DECEASED' ELSE 'ACTIVE' END, CASE WHEN n % 2 = 0 THEN 'Frau' ELSE 'Herr' END, first_name,
     last_name, CASE WHEN n % 3 = 0 THEN birth_name END, birth_date, CASE WHEN n % 2 = 0 THEN 'W' ELSE 'M' END, email, phone, mobile,
     'Bevorzugt Termine am Vormittag', 'Dr. ' || birth_name, timestamptz '2015-01-01 00:00Z' + n * interval '0.3 seconds'
   FROM person ORDER BY n`,
  `INSERT INTO address (customer_id, type, street, postal_code, city, country, addressee)
   SELECT id, kind, street, postal_code, city, 'DE', CASE kind WHEN 'INVOICE' THEN name END FROM person, unnest(ARRAY['RESIDENTIAL', 'INVOICE']) AS kind ORDER BY n`,
  `INSERT INTO relationship (customer_id, related_customer_id, kind)
   SELECT a.id, b.id, 'SPOUSE' FROM person a JOIN person b ON b.n = a.n + 1 WHERE a.n % 3 = 0`,
  `INSERT INTO cost_bearer_membership (customer_id, cost_bearer_id, member_number, insured_status, main_insured_person, valid_from)
   SELECT id, master, member_number, '1', CASE WHEN n % 5 = 0 THEN name END, date '2015-01-01' FROM person ORDER BY n`,
  `INSERT INTO health_insurance_card (customer_id, cost_bearer_id, insured_number, card_holder, valid_until)
   SELECT id, master, member_number, name, today + 300 FROM person ORDER BY n`,
  `INSERT INTO marketing_consent (customer_id, channel, granted_on)
   SELECT id, channel, today - 900 FROM person, unnest(ARRAY['POST', 'EMAIL']) AS channel ORDER BY n`,
  `INSERT INTO legal_hold (customer_id, reason_code, set_on, set_at, set_by, lifted_at, lifted_by)
   SELECT id, 'LITIGATION', today - 90, now() - interval '90 days', id, CASE WHEN n % 1000 <> 6 THEN now() END, CASE WHEN n % 1000 <> 6 THEN id END
   FROM person WHERE n % 100 = 6 ORDER BY n`,
  `INSERT INTO former_identity (customer_id, last_name, phone)
   SELECT id, birth_name, CASE WHEN n % 2 = 0 THEN mobile END FROM person WHERE n % 25 = 0 ORDER BY n`,
  `INSERT INTO bank_account (customer_id, position, account_holder, iban, bic, bank_name, mandate_reference)
   SELECT id, 1, name, iban, 'MARKDEF1100', 'Volksbank ' || city, 'MND-' || n FROM person ORDER BY n`,
  `INSERT INTO care_case (id, customer_id, number, branch_id, type, status, opened_on, closed_on, title, note) OVERRIDING SYSTEM VALUE
   SELECT n, id, 'V' || n, master, CASE WHEN n % 2 = 0 THEN 'FITTING' ELSE 'GLASSES' END, CASE slot WHEN 3 THEN 'OPEN' ELSE 'COMPLETED' END,
     today - 1500, CASE slot WHEN 3 THEN NULL ELSE today - 1400 END, 'Anpassung ' || last_name, 'Hört mit dem linken Ohr besser' FROM person ORDER BY n`,
  `INSERT INTO stock_item (id, serial_number, article, owner, customer_id, owner_name, status, branch_id) OVERRIDING SYSTEM VALUE
   SELECT 2 * n - own, CASE own WHEN 1 THEN 'E' ELSE 'L' END || n, 'Hörsystem Audio 312', CASE own WHEN 1 THEN 'CUSTOMER' ELSE 'SHOP' END,
     CASE own WHEN 1 THEN id END, CASE own WHEN 1 THEN name END, CASE own WHEN 1 THEN 'IN_REPAIR' ELSE 'IN_STOCK' END, master
   FROM person, unnest(ARRAY[1, 0]) AS own ORDER BY n, own DESC`,
  `INSERT INTO device_loan (customer_id, stock_item_id, kind, issued_on, due_on, resolution, resolved_on, note)
   SELECT id, 2 * n, 'TRIAL', today - 1450, today - 1420, CASE slot WHEN 4 THEN NULL ELSE 'RETURNED' END, CASE slot WHEN 4 THEN NULL ELSE today - 1425 END,
     'Kommt mit Ehepartner' FROM person ORDER BY n`,
  `INSERT INTO invoice (id, customer_id, number, branch_id, kind, credits_id, status, issued_on, due_on, cost_bearer_id, care_case_id, net, tax, gross, recipient_name, recipient_address, remark)
   OVERRIDING SYSTEM VALUE
   SELECT invoice_id, id, CASE WHEN which < 5 THEN 'R' || n || '-' || which END, master, CASE which WHEN 4 THEN 'CREDIT_NOTE' ELSE 'INVOICE' END,
     CASE which WHEN 4 THEN invoice_id - 1 END, CASE which WHEN 5 THEN 'DRAFT' ELSE 'ISSUED' END, issued_on, issued_on + 14, master, CASE which WHEN 1 THEN n END,
     gross * 100 / 119, gross - gross * 100 / 119, gross, name, street || ', ' || postal_code || ' ' || city, CASE WHEN n % 4 = 0 THEN 'Rechnung an ' || name END
   FROM document ORDER BY invoice_id`,
  `INSERT INTO invoice_line (id, customer_id, invoice_id, position, article, text, serial_number, quantity, amount) OVERRIDING SYSTEM VALUE
   SELECT 3 * invoice_id + position, id, invoice_id, position, 'Hörsystem Audio 312',
     CASE (n + which + position) % 6 WHEN 0 THEN 'Anpassung für ' || name || ', geb. ' || to_char(birth_date, 'DD.MM.YYYY') WHEN 1 THEN 'Otoplastik ' || last_name || ', Ohr links'
       WHEN 2 THEN 'Batterien Typ 312, Packung zu 60 Stück' ELSE 'Im-Ohr-Hörsystem mit Fernbedienung, Batteriefach verstärkt' END,
     'S' || invoice_id || '-' || position, 1, gross / lines
   FROM document, generate_series(1, lines) AS position ORDER BY invoice_id`,
  `INSERT INTO payment (customer_id, invoice_id, kind, paid_on, amount, method, payer_name, iban, reference)
   SELECT id, invoice_id, 'PAYMENT', issued_on + 10, gross - CASE WHEN slot = 0 AND which = 1 THEN 100 ELSE 0 END, 'TRANSFER', name, iban,
     'Rechnung R' || n || '-' || which || ' ' || last_name
   FROM document WHERE which < 3 OR which = 3 AND n % 20 <> 7 ORDER BY invoice_id`,
  `INSERT INTO quote (customer_id, number, branch_id, status, issued_on, valid_until, gross, recipient_name, recipient_address, remark)
   SELECT id, 'A' || n || '-' || which, master, CASE which WHEN 1 THEN 'OPEN' ELSE 'ACCEPTED' END, today - 1600 + which * 30, today - 1500 + which * 30,
     250000, name, street || ', ' || postal_code || ' ' || city, NULL
   FROM person, generate_series(1, 1 + n % 2) AS which ORDER BY n`,
  `INSERT INTO receipt (customer_id, number, branch_id, issued_at, gross, customer_name)
   SELECT id, 'B' || n || '-' || which, master, now() - which * interval '300 days', 1990, name FROM person, generate_series(1, 1 + n % 2) AS which ORDER BY n`,
  `INSERT INTO service_contract (customer_id, number, status, starts_on, ends_on, auto_renew, title, note)
   SELECT id, 'W' || n, 'SIGNED', today - 1400, today - 300, slot = 2, CASE n % 4 WHEN 0 THEN 'Servicevertrag ' || last_name ELSE 'Servicevertrag Premium' END,
     'Abbuchung vierteljährlich' FROM person ORDER BY n`,
  `INSERT INTO customer_card (id, customer_id, number, valid_until, invalidated_on) OVERRIDING SYSTEM VALUE
   SELECT n, id, card_number, today + 200, CASE slot WHEN 5 THEN NULL ELSE today - 100 END FROM person ORDER BY n`,
  `INSERT INTO program_enrollment (customer_id, program_id, card_id, starts_on, ends_on, voucher_number)
   SELECT id, 1, n, today - 1000, CASE slot WHEN 5 THEN NULL ELSE today - 100 END, 'G' || n FROM person ORDER BY n`,
  `INSERT INTO loyalty_transaction (customer_id, program_id, occurred_at, points, amount, card_number)
   SELECT id, 1, now() - which * interval '200 days', 10 * which, NULL, card_number FROM person, generate_series(1, 2) AS which ORDER BY n`,
  `INSERT INTO archive_document (customer_id, type, title, file_name, retention_class, created_on, retention_until, media_type, size, content_id)
   SELECT id, CASE class WHEN 'NONE' THEN 'Einwilligung' ELSE 'Rechnung' END, class || ' ' || name, lower(last_name) || '.pdf', class, today - 700,
     CASE class WHEN 'VOUCHER' THEN make_date(extract(year FROM today - 700)::int + 8, 12, 31) END, 'application/pdf', 48000, md5(class || n)::uuid
   FROM person, unnest(ARRAY['VOUCHER', 'NONE']) AS class ORDER BY n`,
];

/** Continues the sequences after the calculated ids. */
const SEQUENCES = ['care_case', 'stock_item', 'invoice', 'invoice_line', 'customer_card'].map(
  (table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`,
);

/**
 * Fills an empty database with fictional customers and their records in all modules; the same size gives the same
 * customers.
 *
 * @param keyEncryptionKey the product's, so that it can seal what the law retains
 */
export async function populate(database: BenchDatabase, customers: number, keyEncryptionKey: Buffer): Promise<void> {
  const owner = await database.connectAsOwner();
  const start = performance.now();
  const say = (what: string) => console.error(`${what} after ${((performance.now() - start) / 1000).toFixed(0)} s`);
  await insertMasterRecords(owner);
  await bulkLoad(owner, ['address_customer'], async () => {
    const firsts = Array.from(
      { length: Math.ceil(customers / CUSTOMERS_PER_BATCH) },
      (_, batch) => 1 + batch * CUSTOMERS_PER_BATCH,
    );
    const lane = async () => {
      const client = await database.connectAsOwner();
      await client.query('SET synchronous_commit = off; SET client_min_messages = warning');
      for (let first = firsts.shift(); first !== undefined; first = firsts.shift()) {
        const last = Math.min(first + CUSTOMERS_PER_BATCH - 1, customers);
        await insertBatch(client, first, last, keyEncryptionKey);
        if (last % 100_000 === 0) say(`${last} customers`);
      }
      await client.end();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  });
  for (const sequence of SEQUENCES) await owner.query(sequence);
  say('indexes and keys');
  await owner.query('VACUUM (FREEZE, ANALYZE)');
  say(`${await rowsPerCustomer(owner)} rows of each customer are there and vacuumed`);
  await owner.end();
}

async function insertMasterRecords(owner: ClientBase): Promise<void> {
  await owner.query(`
    INSERT INTO branch (code, name) SELECT 'F' || n, 'Filiale ' || n FROM generate_series(1, 20) AS n;
    INSERT INTO cost_bearer (ik, name) SELECT 100000000 + n, 'Krankenkasse ' || n FROM generate_series(1, 20) AS n;
    INSERT INTO loyalty_program (code, name) VALUES ('BONUS', 'Bonusprogramm')`);
}

async function insertBatch(client: ClientBase, first: number, last: number, keyEncryptionKey: Buffer): Promise<void> {
  await client.query('BEGIN');
  await client.query(PEOPLE, [
    first,
    last,
    FIRST_NAMES,
    LAST_NAMES,
    STREETS,
    CITIES.map(([city]) => city),
    CITIES.map(([, postalCode]) => postalCode),
    CITIES.map(([, , areaCode]) => areaCode),
  ]);
  await client.query(DOCUMENTS);
  for (const records of RECORDS) await client.query(records);
  const { rows } = await client.query<{ ids: string[] }>('SELECT array_agg(id ORDER BY n) AS ids FROM person');
  const { ids } = rows[0]!;
  await client.query('SELECT refresh_customer_search($1::uuid[])', [ids]);
  for (const retentionClass of ['VOUCHER', 'NONE'] as const)
    await client.query(
      `INSERT INTO archive_key (customer_id, retention_class, wrapped_key) SELECT id, $2, wrap FROM unnest($1::uuid[], $3::bytea[]) AS k(id, wrap)`,
      [
        ids,
        retentionClass,
        ids.map((customerId) => wrapKey(keyEncryptionKey, randomBytes(32), { customerId, retentionClass })),
      ],
    );
  await client.query('DROP TABLE person, document');
  await client.query('COMMIT');
}

async function rowsPerCustomer(owner: ClientBase): Promise<string> {
  const { rows } = await owner.query<{ count: number }>(
    `SELECT sum(reltuples) / (SELECT reltuples FROM pg_class WHERE oid = 'customer'::regclass) AS count
     FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND (relname = 'customer' OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'customer_id'))`,
  );
  return Number(rows[0]!.count).toFixed(1);
}
