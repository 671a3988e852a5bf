import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows whose owner name belongs to nobody whom an erasure would find. */
const LOOSE = `owner_name IS NOT NULL AND (owner <> 'CUSTOMER' OR customer_id IS NULL)`;

/** The words of a name in lower case, whatever their order and the signs between them. */
const wordsOf = (name: string) =>
  `(SELECT array_agg(word ORDER BY word) FROM regexp_split_to_table(lower(${name}), '[^[:alnum:]]+') AS word WHERE word <> '')`;

/**
 * - The name of a device's owner stands only on a device that a customer owns. A device that the shop lent and got back keeps no name and can be lent again.
 * - The item of a run says where an old value was left when the anonymization failed, and the run how many members its selection's name names.
 * - Stored blockers of a customer are found by the customer.
 */
export class StockOwners1700000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    // The guard refuses changes of anonymized customers' rows; all that happens here is that a name becomes empty.
    await queryRunner.query('ALTER TABLE stock_item DISABLE TRIGGER guard_update');
    const linked = await count(
      queryRunner,
      `UPDATE stock_item i SET customer_id = fitting.customer_id
       FROM (
         SELECT item.id, (array_agg(DISTINCT c.id))[1] AS customer_id
         FROM stock_item item
         JOIN device_loan l ON l.stock_item_id = item.id
         JOIN customer c ON c.id = l.customer_id
         WHERE item.owner = 'CUSTOMER' AND item.customer_id IS NULL AND item.owner_name IS NOT NULL
           AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
           AND ${wordsOf('item.owner_name')} IN (
             ${wordsOf(`concat_ws(' ', c.first_name, c.last_name)`)}, ${wordsOf('c.company_name')})
         GROUP BY item.id HAVING count(DISTINCT c.id) = 1) AS fitting
       WHERE i.id = fitting.id`,
    );
    const emptied = await count(queryRunner, `UPDATE stock_item SET owner_name = NULL WHERE ${LOOSE}`);
    await queryRunner.query(`
      ALTER TABLE stock_item ENABLE ALWAYS TRIGGER guard_update;
      ALTER TABLE stock_item ADD CONSTRAINT stock_item_owner_name_of_customer
        CHECK (owner_name IS NULL OR (owner = 'CUSTOMER' AND customer_id IS NOT NULL));

      ALTER TABLE anonymization_run_item ADD COLUMN failure json;
      ALTER TABLE anonymization_run ADD COLUMN named_in_selection integer NOT NULL DEFAULT 0;
      CREATE INDEX anonymization_run_item_blocked ON anonymization_run_item (customer_id) WHERE blockers IS NOT NULL;
    `);
    if (linked + emptied > 0)
      await queryRunner.query(
        `DO $$ BEGIN RAISE LOG 'owner names of stock items: % linked to a customer, % emptied', ${linked}, ${emptied}; END $$`,
      );
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Owner names that belonged to nobody are not brought back'));
  }
}

async function count(queryRunner: QueryRunner, update: string): Promise<number> {
  const [row] = (await queryRunner.query(
    `WITH changed AS (${update} RETURNING 1) SELECT count(*)::int AS count FROM changed`,
  )) as { count: number }[];
  return row!.count;
}
