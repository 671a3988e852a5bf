import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Envelopes know the last day of what they open; issued invoices name their recipient; contents without a document are remembered from the first time
 * they are seen.
 *
 * An issued invoice without a recipient of its own gets its customer's name and address, as long as there is somebody to take them from. Envelopes
 * sealed before keep a NULL: they open documents of several periods and are deleted with the last of them.
 */
export class SealedCopies1700000000019 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE fiscal_envelope ADD COLUMN retention_until date;
      CREATE INDEX fiscal_envelope_retention_until ON fiscal_envelope (retention_until)
        WHERE retention_until IS NOT NULL;
      GRANT SELECT (retention_until) ON fiscal_envelope TO lethe_purge;

      CREATE TABLE stranded_content (
        content_id uuid PRIMARY KEY,
        first_seen_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT, DELETE ON stranded_content TO lethe_app;

      UPDATE invoice i
      SET recipient_name = coalesce(i.recipient_name, own.name),
        recipient_address = coalesce(i.recipient_address, own.address)
      FROM (
        SELECT c.id,
          nullif(concat_ws(', ', nullif(btrim(c.company_name), ''),
            nullif(concat_ws(' ', nullif(btrim(c.first_name), ''), nullif(btrim(c.last_name), '')), '')), '') AS name,
          (SELECT address.line
           FROM (
             SELECT a.id, a.type, nullif(concat_ws(', ', nullif(btrim(a.street), ''),
               nullif(btrim(concat_ws(' ', a.postal_code, a.city)), ''), nullif(btrim(a.country), '')), '') AS line
             FROM address a
             WHERE a.customer_id = c.id) address
           WHERE address.line IS NOT NULL
           ORDER BY array_position(ARRAY['INVOICE', 'RESIDENTIAL'], address.type), address.id
           LIMIT 1) AS address
        FROM customer c
        WHERE c.anonymized_at IS NULL AND c.merged_into_id IS NULL) own
      WHERE own.id = i.customer_id AND i.status = 'ISSUED'
        AND (i.recipient_name IS NULL OR i.recipient_address IS NULL);
    `);
  }

  /** Recipients stay: they are true. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE stranded_content;
      REVOKE SELECT (retention_until) ON fiscal_envelope FROM lethe_purge;
      ALTER TABLE fiscal_envelope DROP COLUMN retention_until;
    `);
  }
}
