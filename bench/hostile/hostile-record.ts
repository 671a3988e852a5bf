import type { ClientBase } from 'pg';

/** Paid invoices of 2020 with lines whose texts resemble the names. */
const INVOICES = 3;
const LINES = 100;

/** `a a … a`: names, note and texts that are as similar as texts can be. */
const SPACED = "rtrim(repeat('a ', %))";
const HYPHENED = "rtrim(repeat('a-', %), '-')";
const spaced = (length: number) => SPACED.replace('%', String(length / 2));
const hyphened = (length: number) => HYPHENED.replace('%', String(length / 2));

/**
 * Inserts a customer whose texts are as long as the columns allow and as costly to compare as possible, on the
 * selection `name`.
 */
export async function insertHostileRecord(sql: ClientBase, number: string, selectionId: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO customer (customer_number, branch_id, status, first_name, birth_name, last_name, company_name, note, phone)
     SELECT $1, min(id), 'ACTIVE', ${spaced(200)}, ${spaced(200)}, ${hyphened(200)}, ${hyphened(200)}, ${spaced(2_000)},
       repeat('1', 100)
     FROM branch
     RETURNING id`,
    [number],
  );
  const { id } = rows[0]!;
  await sql.query(
    `WITH document AS (
       INSERT INTO invoice (customer_id, number, branch_id, kind, status, issued_on, net, tax, gross, recipient_name)
       SELECT $1, $2 || '-' || n, (SELECT min(id) FROM branch), 'INVOICE', 'ISSUED', '2020-01-01', 100, 19, 119, ${spaced(200)}
       FROM generate_series(1, ${INVOICES}) AS n
       RETURNING id, customer_id),
     line AS (
       INSERT INTO invoice_line (customer_id, invoice_id, position, text, quantity, amount)
       SELECT customer_id, id, n, ${spaced(2_000)}, 1, 119 FROM document, generate_series(1, ${LINES}) AS n)
     INSERT INTO payment (customer_id, invoice_id, kind, paid_on, amount)
     SELECT customer_id, id, 'PAYMENT', '2020-01-02', 119 FROM document`,
    [id, number],
  );
  await sql.query('INSERT INTO selection_member (selection_id, customer_id) VALUES ($1, $2)', [selectionId, id]);
  return id;
}
