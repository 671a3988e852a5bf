import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Conflicts between the ledger and a restored database, and the database's own proof that a merged customer holds nothing personal.
 *
 * A conflict leaves a person readable whom the ledger calls erased or merged. The product does not serve while one is open. Conflicts that earlier
 * replays wrote to the audit log are carried over where the customer is still readable.
 */
export class MergeConflicts1700000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE erasure_conflict (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        -- the audit entry that could not be repeated
        entry_id uuid NOT NULL,
        -- the customer in the ledger
        customer_id uuid NOT NULL,
        code text NOT NULL CHECK (code IN ('NUMBER_TAKEN', 'CUSTOMER_DIFFERS', 'MERGE_TARGET_ABSENT', 'MERGE_TARGET_DIFFERS',
          'MERGE_NOT_POSSIBLE', 'ERASURE_FAILED', 'MERGE_FAILED')),
        -- the customer in the database who stands in that place
        other_customer_id uuid,
        failure_code text CHECK (failure_code ~ '^[A-Z0-9_]+$'),
        found_at timestamptz NOT NULL,
        -- NULL until the replay that found it has ended: it may settle the conflict itself
        reported_at timestamptz,
        resolved_at timestamptz,
        resolution text CHECK (resolution IN ('ERASED', 'MERGED', 'DISMISSED')),
        reason_code text CHECK (reason_code IN ('ANOTHER_PERSON', 'KEPT_SEPARATE')),
        UNIQUE (entry_id, customer_id),
        CHECK ((resolved_at IS NULL) = (resolution IS NULL)),
        CHECK ((reason_code IS NOT NULL) = (resolution IS NOT DISTINCT FROM 'DISMISSED'))
      );
      CREATE INDEX erasure_conflict_open ON erasure_conflict (id) WHERE resolved_at IS NULL;
      CREATE INDEX erasure_conflict_other ON erasure_conflict (other_customer_id) WHERE resolution = 'ERASED';
      GRANT SELECT, INSERT, UPDATE ON erasure_conflict TO lethe_app;
      GRANT SELECT (customer_id, code, other_customer_id, resolution) ON erasure_conflict TO lethe_auditor;

      -- Whose recorded erasure a replay may repeat on a customer: the customer's own, that of everybody into whom the log
      -- says the customer was merged, and that of whom an operator has recognized in the customer.
      CREATE FUNCTION audit.erased_with(customer_id uuid) RETURNS SETOF uuid
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
        WITH RECURSIVE reached (id) AS (
          VALUES ($1)
          UNION
          SELECT next.id
          FROM reached
          CROSS JOIN LATERAL (
            SELECT (e.content -> 'details' ->> 'intoCustomerId')::uuid AS id
            FROM audit.entry e
            WHERE e.content ->> 'customerId' = reached.id::text
              AND (e.content ->> 'action') || '' = 'CUSTOMERS_MERGED'
              AND e.content ->> 'outcome' = 'SUCCEEDED'
            UNION ALL
            SELECT conflict.customer_id
            FROM public.erasure_conflict conflict
            WHERE conflict.other_customer_id = reached.id
              AND conflict.code IN ('NUMBER_TAKEN', 'CUSTOMER_DIFFERS')
              AND conflict.resolution = 'ERASED'
              AND EXISTS (
                SELECT FROM audit.entry e
                WHERE e.content ->> 'customerId' = conflict.customer_id::text
                  AND (e.content ->> 'action') || '' = 'ERASURE_CONFLICT_RESOLVED'
                  AND e.content -> 'details' ->> 'conflict' = conflict.code
                  AND e.content -> 'details' ->> 'otherCustomerId' = reached.id::text
                  AND e.content -> 'details' ->> 'resolution' = 'ERASED'
                OFFSET 0)
            OFFSET 0) AS next
          WHERE next.id IS NOT NULL)
        SELECT id FROM reached
      $$;
      GRANT EXECUTE ON FUNCTION audit.erased_with(uuid) TO lethe_app, lethe_auditor;

      INSERT INTO erasure_conflict (entry_id, customer_id, code, other_customer_id, found_at, reported_at)
      SELECT DISTINCT ON (conflict.entry_id, conflict.customer_id)
        conflict.entry_id, conflict.customer_id, conflict.code, conflict.other_customer_id, conflict.at, conflict.at
      FROM (
        SELECT (content -> 'details' ->> 'entryId')::uuid AS entry_id,
          (content ->> 'customerId')::uuid AS customer_id,
          content -> 'details' ->> 'conflict' AS code,
          (content -> 'details' ->> 'otherCustomerId')::uuid AS other_customer_id,
          (content ->> 'occurredAt')::timestamptz AS at
        FROM audit.entry
        WHERE content ->> 'action' = 'ERASURE_REPLAYED'
          AND content ->> 'outcome' = 'REFUSED'
          AND content -> 'details' ->> 'code' = 'LEDGER_CONFLICT') AS conflict
        JOIN customer ON customer.id = CASE
          WHEN conflict.code IN ('NUMBER_TAKEN', 'CUSTOMER_DIFFERS') THEN conflict.other_customer_id
          ELSE conflict.customer_id END
      WHERE customer.anonymized_at IS NULL
        AND customer.merged_into_id IS NULL
      ORDER BY conflict.entry_id, conflict.customer_id, conflict.at;

      UPDATE customer
      SET salutation = NULL, title = NULL, first_name = NULL, birth_name = NULL, company_name = NULL, birth_date = NULL,
        gender = NULL, email = NULL, phone = NULL, mobile = NULL, note = NULL, physician = NULL, status = 'DELETED'
      WHERE merged_into_id IS NOT NULL
        AND anonymized_at IS NULL
        AND (status <> 'DELETED' OR num_nonnulls(salutation, title, first_name, birth_name, company_name, birth_date,
          gender, email, phone, mobile, note, physician) > 0);
      ALTER TABLE customer ADD CONSTRAINT customer_merged_whole CHECK (merged_into_id IS NULL OR (
        status = 'DELETED' AND last_name IS NOT NULL AND
        num_nonnulls(salutation, title, first_name, birth_name, company_name, birth_date, gender, email, phone, mobile,
          note, physician) = 0));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Open conflicts are not dropped by a migration'));
  }
}
