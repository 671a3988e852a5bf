import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES_OF_A_CUSTOMER = [
  'customer_search',
  'address',
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
  'archive_key',
  'archive_document',
  'selection_member',
];

/**
 * The database's own refusal: nothing is written to the records of an anonymized customer, whoever asks (domain section 7).
 *
 * A guard first locks the customers and judges `anonymized_at` in a second statement. In one statement PostgreSQL filters below the lock and
 * locks nothing; a plain SELECT sees the state before a concurrent commit. Both let rows pass when measured.
 */
export class Guards1700000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE FUNCTION refuse_anonymized(customer_ids uuid[]) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        PERFORM 1 FROM public.customer WHERE id = ANY (customer_ids) ORDER BY id FOR KEY SHARE;
        PERFORM 1 FROM public.customer WHERE id = ANY (customer_ids) AND anonymized_at IS NOT NULL;
        IF FOUND THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        END IF;
      END $$;
    `);
    await createGuards(queryRunner, 'customer_records', ['customer_id']);
    await createGuards(queryRunner, 'relationships', ['customer_id', 'related_customer_id']);
    await queryRunner.query(`
      -- What a migration calls for each new table of a customer's records. Only the purge, which runs as a role of its own, may delete from an
      -- anonymized customer.
      CREATE PROCEDURE attach_customer_guards(target regclass, guard text DEFAULT 'customer_records')
      LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        clauses record;
      BEGIN
        FOR clauses IN SELECT * FROM (VALUES
          ('insert', 'NEW TABLE AS new_rows', ''),
          ('update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows', ''),
          ('delete', 'OLD TABLE AS old_rows', 'WHEN (current_user <> ''lethe_purge'')')) AS c(event, rows, condition)
        LOOP
          EXECUTE format('CREATE TRIGGER guard_%1$s AFTER %1$s ON %2$s REFERENCING %3$s FOR EACH STATEMENT %4$s EXECUTE FUNCTION public.guard_%5$s_%1$s()',
            clauses.event, target, clauses.rows, clauses.condition, guard);
          EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER guard_%s', target, clauses.event);
        END LOOP;
      END $$;
    `);
    for (const table of TABLES_OF_A_CUSTOMER) await queryRunner.query(`CALL attach_customer_guards('${table}')`);
    await queryRunner.query(`
      CALL attach_customer_guards('relationship', 'relationships');

      -- A relationship row never outlives either customer's anonymization, so its deletion has nobody to protect; waiting for the other
      -- customer here would make two sets that share a family wait for each other.
      CREATE OR REPLACE FUNCTION guard_relationships_delete() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        PERFORM 1 FROM public.customer
          WHERE id IN (SELECT customer_id FROM old_rows UNION SELECT related_customer_id FROM old_rows) AND anonymized_at IS NOT NULL;
        IF FOUND THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        END IF;
        RETURN NULL;
      END $$;

      CREATE FUNCTION guard_customer() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
      END $$;
      CREATE TRIGGER guard_update BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NOT NULL) EXECUTE FUNCTION guard_customer();
      CREATE TRIGGER guard_delete BEFORE DELETE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NOT NULL) EXECUTE FUNCTION guard_customer();
      ALTER TABLE customer ENABLE ALWAYS TRIGGER guard_update;
      ALTER TABLE customer ENABLE ALWAYS TRIGGER guard_delete;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The guards are not dropped by a migration'));
  }
}

/** One function per event, because the names of the transition tables depend on it. */
async function createGuards(queryRunner: QueryRunner, name: string, columns: string[]): Promise<void> {
  const rows: Record<string, string[]> = {
    insert: ['new_rows'],
    update: ['old_rows', 'new_rows'],
    delete: ['old_rows'],
  };
  for (const [event, relations] of Object.entries(rows)) {
    const ids = relations
      .flatMap((relation) => columns.map((column) => `SELECT ${column} FROM ${relation}`))
      .join(' UNION ');
    await queryRunner.query(`
      CREATE FUNCTION guard_${name}_${event}() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      BEGIN
        PERFORM public.refuse_anonymized(ARRAY(${ids}));
        RETURN NULL;
      END $$;
    `);
  }
}
