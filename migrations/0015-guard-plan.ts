import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The guard of deleted relationships looks its customers up by their keys. With the ids as a sub-select the planner began with "the few who are anonymized",
 * which is what the statistics say before a run: every set then read the whole table of customers, and a run became slower the longer it went on.
 */
export class GuardPlan1700000000015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION guard_relationships_delete() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        customer_ids uuid[] := ARRAY(SELECT customer_id FROM old_rows UNION SELECT related_customer_id FROM old_rows);
      BEGIN
        PERFORM 1 FROM public.customer WHERE id = ANY (customer_ids) AND anonymized_at IS NOT NULL;
        IF FOUND THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        END IF;
        RETURN NULL;
      END $$;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The guards are not dropped by a migration'));
  }
}
