import type { ClientBase } from 'pg';

/** The number of the customer in a row of the run, starting at 1; rows are in the order of these numbers. */
export const numberInRow = (row: number): string => `L-${String(row).padStart(6, '0')}`;

/** Inserts a previewed run over this many customers with addresses straight into the database; returns its id. */
export async function longRun(sql: ClientBase, customers: number): Promise<string> {
  await sql.query(`INSERT INTO branch (code, name) VALUES ('LONG', 'Filiale')`);
  await sql.query(
    `INSERT INTO customer (id, customer_number, branch_id, status, last_name, first_name, birth_date, phone)
     SELECT ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'L-' || lpad(n::text, 6, '0'),
       (SELECT id FROM branch WHERE code = 'LONG'), 'ACTIVE', 'Muster-Sonnenblum ' || n, 'Erika', '1950-03-14', '040 ' || n
     FROM generate_series(1, $1::int) AS n`,
    [customers],
  );
  await sql.query(
    `INSERT INTO address (customer_id, type, street, postal_code, city)
     SELECT id, 'RESIDENTIAL', 'Lange Straße 1', '20095', 'Hamburg' FROM customer WHERE customer_number LIKE 'L-%'`,
  );
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO anonymization_run (id, kind, state, created_by, created_at, previewed_at)
     SELECT '01900000-0000-7000-9000-000000000001', 'SELECTION', 'PREVIEWED', id, now(), now() FROM employee WHERE username = 'admin'
     RETURNING id`,
  );
  const { id } = rows[0]!;
  await sql.query(
    `INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state)
     SELECT $1, id, customer_number, 'READY' FROM customer WHERE customer_number LIKE 'L-%'`,
    [id],
  );
  return id;
}
