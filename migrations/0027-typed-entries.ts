import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Parts of an audit entry's canonical JSON before and after its details; `e` is the entry. Keys stand in the order of
 * RFC 8785.
 */
const HEAD = `'{"action":"' || e.action
              || '","actorId":' || coalesce('"' || e.actor_id || '"', 'null')
              || ',"actorRole":' || coalesce('"' || e.actor_role || '"', 'null')
              || ',"customerId":' || coalesce('"' || e.customer_id || '"', 'null')
              || ',"details":'`;
const TAIL = `',"id":"' || e.id || '","module":"' || e.module
              || '","occurredAt":"' || to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
              || '","outcome":"' || e.outcome
              || '","runId":' || coalesce('"' || e.run_id || '"', 'null') || '}'`;

const definer = (name: string, body: string, searchPath: string) => `
      CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${searchPath} AS $$${body}
      $$;`;

/**
 * Columns of the audit log for what is searched, instead of the entry as jsonb beside its text and indexes on
 * expressions (docs/adr/0033-type-the-columns-of-the-audit-log.md). Entries themselves do not change. The trigger
 * composes the text around `details` from the columns and compares the bytes.
 */
export class TypedEntries1700000000027 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner);
    await replaceFunctions(queryRunner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The audit log is not changed back by a migration'));
  }
}

/** Stored expressions fill the columns of existing entries: no entry is updated, and the triggers stay in force. */
async function addColumns(queryRunner: QueryRunner): Promise<void> {
  const members = [
    ['action', `text NOT NULL`, `canonical::json ->> 'action'`],
    ['module', `text NOT NULL`, `canonical::json ->> 'module'`],
    ['customer_id', 'uuid', `(canonical::json ->> 'customerId')::uuid`],
    ['run_id', 'uuid', `(canonical::json ->> 'runId')::uuid`],
    ['actor_id', 'uuid', `(canonical::json ->> 'actorId')::uuid`],
    ['actor_role', 'text', `canonical::json ->> 'actorRole'`],
    ['outcome', 'text NOT NULL', `canonical::json ->> 'outcome'`],
    ['occurred_at', 'timestamptz NOT NULL', `audit.instant_of(canonical::json ->> 'occurredAt')`],
  ] as const;
  await queryRunner.query(`
      -- the cast depends on settings of the session; the entries have the form YYYY-MM-DDTHH:MM:SS.mmmZ
      CREATE FUNCTION audit.instant_of(iso text) RETURNS timestamptz
      LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        RETURN make_timestamptz(
          substr(iso, 1, 4)::int, substr(iso, 6, 2)::int, substr(iso, 9, 2)::int,
          substr(iso, 12, 2)::int, substr(iso, 15, 2)::int, substr(iso, 18, 6)::float8, 'UTC');
      END $$;
      DROP INDEX audit.entry_customer, audit.entry_run, audit.entry_action, audit.entry_occurred_at,
        audit.entry_once_per_customer_and_module;
      ALTER TABLE audit.entry DROP CONSTRAINT entry_id_is_its_own, DROP COLUMN content;
      ALTER TABLE audit.entry
        ${members.map(([name, type, value]) => `ADD COLUMN ${name} ${type} GENERATED ALWAYS AS (${value}) STORED`).join(',\n        ')};
      ALTER TABLE audit.entry ${members.map(([name]) => `ALTER COLUMN ${name} DROP EXPRESSION`).join(', ')};
      DROP FUNCTION audit.instant_of(text);

      -- each in the order in which entries are listed
      CREATE INDEX entry_customer ON audit.entry (customer_id, occurred_at, id) WHERE customer_id IS NOT NULL;
      CREATE INDEX entry_run ON audit.entry (run_id, occurred_at, id) WHERE run_id IS NOT NULL;
      -- almost every entry is of the action that it leaves out
      CREATE INDEX entry_action ON audit.entry (action, occurred_at, id) WHERE action <> 'CUSTOMER_DATA_ANONYMIZED';
      CREATE INDEX entry_occurred_at ON audit.entry (occurred_at, id);
      CREATE UNIQUE INDEX entry_once_per_customer_and_module ON audit.entry (customer_id, module)
        WHERE action = 'CUSTOMER_DATA_ANONYMIZED';

      REVOKE INSERT (id, canonical) ON audit.entry FROM lethe_app, lethe_purge;
      GRANT INSERT ON audit.entry TO lethe_app, lethe_purge;
      ANALYZE audit.entry;
    `);
}

/** The functions of 0021 and 0023 that read entries, on the columns. */
async function replaceFunctions(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      ${definer(
        'audit.refuse_forged',
        `
      DECLARE
        employees uuid[];
        suspicious uuid[];
        participants text[] := ARRAY(SELECT module FROM audit.participant);
        simulated boolean := EXISTS (SELECT FROM audit.simulation);
      BEGIN
        IF TG_RELID <> 'audit.entry'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        employees := ARRAY(
          SELECT id FROM public.employee WHERE id = ANY (ARRAY(SELECT DISTINCT e.actor_id FROM new_rows e)));
        suspicious := ARRAY(
          SELECT e.id
          FROM new_rows e
          CROSS JOIN LATERAL (
            -- bytes: in characters each part would be counted from the beginning
            SELECT convert_to(e.canonical, 'UTF8') AS bytes,
              convert_to(${HEAD}, 'UTF8') AS head,
              convert_to(${TAIL}, 'UTF8') AS tail
            OFFSET 0) AS part
          WHERE NOT coalesce(
            octet_length(part.bytes) <= 65536
            AND substring(part.bytes FROM 1 FOR octet_length(part.head)) = part.head
            AND substring(part.bytes FROM octet_length(part.bytes) - octet_length(part.tail) + 1) = part.tail
            -- one object and no more: a key that stands twice would hide behind it
            AND json_typeof(convert_from(substring(part.bytes FROM octet_length(part.head) + 1
              FOR octet_length(part.bytes) - octet_length(part.head) - octet_length(part.tail)), 'UTF8')::json) = 'object'
            AND e.action COLLATE "C" ~ '^[A-Z_]+$'
            AND coalesce(e.actor_role, 'A') COLLATE "C" ~ '^[A-Z_]+$'
            AND e.module COLLATE "C" ~ '^[a-z-]+$'
            AND e.outcome IN ('SUCCEEDED', 'REFUSED', 'FAILED')
            AND isfinite(e.occurred_at)
            AND e.occurred_at = date_trunc('milliseconds', e.occurred_at)
            AND (simulated OR e.occurred_at
              BETWEEN clock_timestamp() - interval '15 minutes' AND clock_timestamp() + interval '15 minutes')
            AND (e.actor_id IS NULL OR e.actor_id = ANY (employees))
            AND (e.action <> 'CUSTOMER_DATA_ANONYMIZED' OR
              e.module = ANY (participants)
              AND e.outcome = 'SUCCEEDED'
              AND num_nulls(e.customer_id, e.run_id, e.actor_id) = 0),
            false));
        IF suspicious <> '{}' THEN
          -- entries of the ledger that a restored database lacks: old ones, with the columns that their text has
          PERFORM 1
          FROM new_rows e
          CROSS JOIN LATERAL (SELECT e.canonical::jsonb AS content OFFSET 0) AS parsed
          LEFT JOIN audit.announced a ON a.entry_id = e.id
          WHERE e.id = ANY (suspicious)
            AND (
              a.leaf IS DISTINCT FROM sha256('\\x00'::bytea || convert_to(e.canonical, 'UTF8'))
              OR (e.action, e.module, e.outcome, e.actor_role, e.actor_id::text, e.customer_id::text, e.run_id::text,
                  e.occurred_at)
                IS DISTINCT FROM
                  (content ->> 'action', content ->> 'module', content ->> 'outcome', content ->> 'actorRole',
                  content ->> 'actorId', content ->> 'customerId', content ->> 'runId',
                  (content ->> 'occurredAt')::timestamptz));
          IF FOUND THEN
            RAISE EXCEPTION 'the audit log refuses the entry' USING ERRCODE = 'AN006';
          END IF;
        END IF;
        INSERT INTO audit.claim (action, module, run_id, actor_id, customer_ids)
        SELECT e.action, e.module, e.run_id, e.actor_id, array_agg(DISTINCT e.customer_id)
        FROM new_rows e
        WHERE e.action IN ('CUSTOMER_DATA_ANONYMIZED', 'ERASURE_REPLAYED')
          AND e.outcome = 'SUCCEEDED'
          AND NOT EXISTS (SELECT FROM audit.announced a WHERE a.entry_id = e.id)
        GROUP BY 1, 2, 3, 4;
        RETURN NULL;
      END`,
        'pg_catalog, audit, pg_temp',
      )}
      ${definer(
        'prove_anonymization',
        `
      DECLARE
        closed uuid[] := ARRAY(SELECT id FROM old_rows WHERE anonymized_at IS NOT NULL);
        done record;
        proof text;
      BEGIN
        IF TG_RELID <> 'public.customer'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        FOR done IN
          SELECT anonymization_run_id AS run_id, anonymized_by AS actor_id, array_agg(id ORDER BY id) AS ids,
            bool_and(last_name LIKE 'Anonymisiert am __.__.____ von %') AS is_labelled
          FROM new_rows
          WHERE anonymized_at IS NOT NULL AND id <> ALL (closed)
          GROUP BY 1, 2
        LOOP
          -- the entries that this transaction has written, of the same customers, one of each module
          SELECT c.action INTO proof
          FROM audit.claim c
          WHERE c.claimed_in = pg_current_xact_id()::text::bigint
            AND c.run_id = done.run_id
            AND (c.action = 'ERASURE_REPLAYED' OR c.actor_id = done.actor_id)
            AND c.module IN ('finance', 'device', 'loyalty', 'archive', 'customer')
            AND c.customer_ids = done.ids
          GROUP BY c.action
          HAVING count(DISTINCT c.module) = 5;
          IF proof = 'ERASURE_REPLAYED' THEN
            -- what is repeated has been done once, to the customer or to one who stands for the customer (0023 says who);
            -- with no other column that an index begins with
            PERFORM 1
            FROM unnest(done.ids) AS customer (id)
            WHERE NOT EXISTS (
              SELECT FROM audit.erased_with(customer.id) AS origin (id)
              WHERE EXISTS (
                SELECT FROM audit.entry e
                WHERE e.customer_id = origin.id
                  AND e.action || '' = 'CUSTOMER_DATA_ANONYMIZED'
                  AND e.run_id::text = done.run_id::text
                  AND e.actor_id = done.actor_id
                OFFSET 0));
            IF FOUND THEN
              proof := NULL;
            END IF;
          END IF;
          IF proof IS NULL OR NOT done.is_labelled THEN
            RAISE EXCEPTION 'the anonymization is not proved by audit entries' USING ERRCODE = 'AN005';
          END IF;
        END LOOP;
        RETURN NULL;
      END`,
        'pg_catalog, public, pg_temp',
      )}
      ALTER FUNCTION prove_anonymization() SET enable_seqscan = off;

      CREATE OR REPLACE FUNCTION audit.erased_with(customer_id uuid) RETURNS SETOF uuid
      LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
        WITH RECURSIVE reached (id) AS (
          VALUES ($1)
          UNION
          SELECT next.id
          FROM reached
          CROSS JOIN LATERAL (
            SELECT (e.canonical::json -> 'details' ->> 'intoCustomerId')::uuid AS id
            FROM audit.entry e
            WHERE e.customer_id = reached.id
              AND e.action || '' = 'CUSTOMERS_MERGED'
              AND e.outcome = 'SUCCEEDED'
            UNION ALL
            SELECT conflict.customer_id
            FROM public.erasure_conflict conflict
            WHERE conflict.other_customer_id = reached.id
              AND conflict.code IN ('NUMBER_TAKEN', 'CUSTOMER_DIFFERS')
              AND conflict.resolution = 'ERASED'
              AND EXISTS (
                SELECT FROM audit.entry e
                WHERE e.customer_id = conflict.customer_id
                  AND e.action || '' = 'ERASURE_CONFLICT_RESOLVED'
                  AND e.canonical::json -> 'details' ->> 'conflict' = conflict.code
                  AND e.canonical::json -> 'details' ->> 'otherCustomerId' = reached.id::text
                  AND e.canonical::json -> 'details' ->> 'resolution' = 'ERASED'
                OFFSET 0)
            OFFSET 0) AS next
          WHERE next.id IS NOT NULL)
        SELECT id FROM reached
      $$;
    `);
}
