import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows tell of a contact between customer and shop. Rows that the product derives or that somebody only lists are none. */
const CONTACT_TABLES = [
  'address',
  'relationship',
  'cost_bearer_membership',
  'health_insurance_card',
  'marketing_consent',
  'legal_hold',
  'care_case',
  'stock_item',
  'device_loan',
  'bank_account',
  'invoice',
  'invoice_line',
  'payment',
  'quote',
  'receipt',
  'service_contract',
  'customer_card',
  'program_enrollment',
  'loyalty_transaction',
  'archive_document',
];

/** Tables without a business date that the anonymization empties; an update of such a row is a contact and not a step of the erasure. */
const UNDATED_TABLES = ['address', 'relationship', 'health_insurance_card', 'bank_account', 'customer_card'];

/**
 * Paused runs expire, the preview needs temporary tables, and each customer knows the day of the latest contact.
 *
 * `last_contact_on` stays NULL for existing customers: filling it would rewrite every row, and the anonymized refuse it. The criterion reads
 * `created_at`, `updated_at` and the dated records beside it.
 */
export class RunExpiry1700000000024 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE anonymization_run ADD COLUMN paused_at timestamptz;
      -- The seven days of a run that is paused already begin with the upgrade.
      UPDATE anonymization_run SET paused_at = now() WHERE state = 'PAUSED';
      ALTER TABLE anonymization_run
        ADD CONSTRAINT anonymization_run_paused_since CHECK (state <> 'PAUSED' OR paused_at IS NOT NULL);
      CREATE INDEX anonymization_run_paused ON anonymization_run (paused_at) WHERE state = 'PAUSED';

      -- A paused or expired run leaves dead rows as well.
      DROP INDEX anonymization_run_uncleaned;
      CREATE INDEX anonymization_run_uncleaned ON anonymization_run (id)
        WHERE cleaned_at IS NULL AND state IN ('COMPLETED', 'CANCELLED', 'PAUSED', 'EXPIRED');

      -- The claim of a batch reads in the order of customer_id. The index with deferred_at in front served another order.
      DROP INDEX anonymization_run_item_ready;
      CREATE INDEX anonymization_run_item_ready ON anonymization_run_item (run_id, customer_id) WHERE state = 'READY';
      CREATE INDEX anonymization_run_item_deferred ON anonymization_run_item (run_id, customer_id)
        WHERE state = 'READY' AND deferred_at IS NOT NULL;

      -- Messages of a topic are taken in this order; without statistics each round sorted all of them.
      CREATE INDEX outbox_topic_due ON outbox (topic, due_at, id);
      DROP INDEX outbox_due;

      -- Without statistics the condition counted as one document in two hundred: each member of a batch read the whole index.
      DROP INDEX invoice_issued_on;
      CREATE INDEX invoice_issued_on ON invoice (issued_on);

      -- A preview puts its candidates into a temporary table.
      DO $$ BEGIN
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO lethe_app', current_database());
      EXCEPTION WHEN insufficient_privilege THEN
        IF NOT has_database_privilege('lethe_app', current_database(), 'TEMPORARY') THEN
          RAISE EXCEPTION 'lethe_app needs TEMPORARY on this database; its owner runs: GRANT TEMPORARY ON DATABASE … TO lethe_app'
            USING ERRCODE = 'insufficient_privilege';
        END IF;
      END $$;

      ALTER TABLE customer ADD COLUMN last_contact_on date;
      ALTER TABLE customer ALTER COLUMN last_contact_on SET DEFAULT current_date;

      -- Raises last_contact_on to today, at most once a day and customer. The guard of the table has locked the customers FOR KEY SHARE before,
      -- which FOR NO KEY UPDATE does not wait for; the order of the ids keeps two writers from waiting for each other.
      CREATE FUNCTION raise_last_contact(contacted uuid[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        outdated uuid[] := ARRAY(
          SELECT id FROM public.customer
          WHERE id = ANY (contacted) AND last_contact_on IS DISTINCT FROM greatest(last_contact_on, current_date)
          ORDER BY id FOR NO KEY UPDATE);
      BEGIN
        IF cardinality(outdated) > 0 THEN
          UPDATE public.customer SET last_contact_on = current_date WHERE id = ANY (outdated);
        END IF;
      END $$;

      CREATE FUNCTION raise_last_contact_of_records() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF TG_TABLE_SCHEMA <> 'public' THEN
          RAISE EXCEPTION 'the trigger function belongs to other tables' USING ERRCODE = '42501';
        END IF;
        PERFORM public.raise_last_contact(ARRAY(SELECT DISTINCT customer_id FROM new_rows WHERE customer_id IS NOT NULL));
        RETURN NULL;
      END $$;

      CREATE FUNCTION raise_last_contact_of_relationships() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF TG_RELID <> 'public.relationship'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        PERFORM public.raise_last_contact(
          ARRAY(SELECT customer_id FROM new_rows UNION SELECT related_customer_id FROM new_rows));
        RETURN NULL;
      END $$;

      -- A sealed copy is written by the anonymization itself and is no contact.
      CREATE FUNCTION raise_last_contact_of_documents() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        IF TG_RELID <> 'public.archive_document'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        PERFORM public.raise_last_contact(ARRAY(SELECT DISTINCT customer_id FROM new_rows WHERE sealed_at IS NULL));
        RETURN NULL;
      END $$;

      REVOKE ALL ON FUNCTION raise_last_contact(uuid[]) FROM PUBLIC;
    `);
    for (const table of CONTACT_TABLES)
      for (const event of UNDATED_TABLES.includes(table) ? ['INSERT', 'UPDATE'] : ['INSERT'])
        await queryRunner.query(`
          CREATE TRIGGER raise_last_contact_${event.toLowerCase()} AFTER ${event} ON ${table}
            REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION ${functionOf(table)}()`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('A run that has expired would be paused again'));
  }
}

function functionOf(table: string): string {
  if (table === 'relationship') return 'raise_last_contact_of_relationships';
  if (table === 'archive_document') return 'raise_last_contact_of_documents';
  return 'raise_last_contact_of_records';
}
