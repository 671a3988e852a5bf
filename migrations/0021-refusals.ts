import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records of a customer may be written on tables of this schema alone: a temporary table is in another one. */
const ON_OWN_TABLES = `
        IF TG_TABLE_SCHEMA <> 'public' THEN
          RAISE EXCEPTION 'the trigger function belongs to other tables' USING ERRCODE = '42501';
        END IF;`;

const ON_CUSTOMER = `
        IF TG_RELID <> 'public.customer'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;`;

const ON_THE_LOG = `
        IF TG_TABLE_SCHEMA <> 'audit' THEN
          RAISE EXCEPTION 'the trigger function belongs to other tables' USING ERRCODE = '42501';
        END IF;`;

const definer = (name: string, body: string, searchPath = 'pg_catalog, public, pg_temp') => `
      CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${searchPath} AS $$${body}
      $$;`;

const always = (trigger: string, table: string) => `ALTER TABLE ${table} ENABLE ALWAYS TRIGGER ${trigger};`;

/**
 * Parts of an audit entry's canonical JSON before and after its details; `e` is the entry. Keys stand in the order of
 * RFC 8785.
 */
const HEAD = `'{"action":"' || (e.content ->> 'action')
              || '","actorId":' || coalesce('"' || (e.content ->> 'actorId')::uuid || '"', 'null')
              || ',"actorRole":' || coalesce('"' || (e.content ->> 'actorRole') || '"', 'null')
              || ',"customerId":' || coalesce('"' || (e.content ->> 'customerId')::uuid || '"', 'null')
              || ',"details":'`;
const TAIL = `',"id":"' || e.id || '","module":"' || (e.content ->> 'module')
              || '","occurredAt":"'
              || to_char((e.content ->> 'occurredAt')::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
              || '","outcome":"' || (e.content ->> 'outcome')
              || '","runId":' || coalesce('"' || (e.content ->> 'runId')::uuid || '"', 'null') || '}'`;

/**
 * What the database itself refuses, whoever asks (docs/adr/0027-enforce-invariants-with-database-triggers.md): changes of issued
 * documents, an anonymization without its audit entries, audit entries that claim what did not happen, merges into a
 * closed customer, and whatever no role was granted by name.
 */
export class Refusals1700000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await bindTriggerFunctions(queryRunner);
    await protectDocuments(queryRunner);
    await protectRetained(queryRunner);
    await checkEntries(queryRunner);
    await checkCustomers(queryRunner);
    await withdrawRights(queryRunner);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('What the database refuses is not allowed again by a migration'));
  }
}

/**
 * The trigger functions of 0003, 0005, 0009, 0015 and 0016 with one addition: each runs on the product's own tables alone.
 */
async function bindTriggerFunctions(queryRunner: QueryRunner): Promise<void> {
  for (const [guard, columns] of [
    ['customer_records', ['customer_id']],
    ['relationships', ['customer_id', 'related_customer_id']],
  ] as const)
    for (const [event, relations] of [
      ['insert', ['new_rows']],
      ['update', ['old_rows', 'new_rows']],
      ['delete', ['old_rows']],
    ] as const) {
      if (guard === 'relationships' && event === 'delete') continue; // below: it waits for nobody
      const ids = relations
        .flatMap((relation) => columns.map((column) => `SELECT ${column} FROM ${relation}`))
        .join(' UNION ');
      await queryRunner.query(
        definer(
          `guard_${guard}_${event}`,
          `
      BEGIN${ON_OWN_TABLES}
        PERFORM public.refuse_anonymized(ARRAY(${ids}));
        RETURN NULL;
      END`,
        ),
      );
    }
  await queryRunner.query(
    definer(
      'guard_relationships_delete',
      `
      DECLARE
        customer_ids uuid[] := ARRAY(SELECT customer_id FROM old_rows UNION SELECT related_customer_id FROM old_rows);
      BEGIN${ON_OWN_TABLES}
        PERFORM 1 FROM public.customer WHERE id = ANY (customer_ids) AND anonymized_at IS NOT NULL;
        IF FOUND THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        END IF;
        RETURN NULL;
      END`,
    ) +
      definer(
        'guard_customer',
        `
      BEGIN${ON_CUSTOMER}
        RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
      END`,
      ) +
      definer(
        'remember_former_identity',
        `
      BEGIN${ON_CUSTOMER}
        INSERT INTO public.former_identity
          (customer_id, first_name, last_name, birth_name, company_name, birth_date, email, phone, mobile)
        SELECT OLD.id, former.*
        FROM (VALUES (
          nullif(OLD.first_name, NEW.first_name), nullif(OLD.last_name, NEW.last_name), nullif(OLD.birth_name, NEW.birth_name),
          nullif(OLD.company_name, NEW.company_name), nullif(OLD.birth_date, NEW.birth_date), nullif(OLD.email, NEW.email),
          nullif(OLD.phone, NEW.phone), nullif(OLD.mobile, NEW.mobile)
        )) AS former (first_name, last_name, birth_name, company_name, birth_date, email, phone, mobile)
        WHERE num_nonnulls(former.first_name, former.last_name, former.birth_name, former.company_name, former.birth_date,
          former.email, former.phone, former.mobile) > 0;
        RETURN NULL;
      END`,
      ) +
      definer(
        'audit.enqueue',
        `
      BEGIN
        IF TG_RELID <> 'audit.entry'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        INSERT INTO audit.pending SELECT id FROM new_rows;
        RETURN NULL;
      END`,
        'pg_catalog, audit, pg_temp',
      ) +
      definer(
        'audit.refuse_change',
        `
      BEGIN${ON_THE_LOG}
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'AN002';
      END`,
        'pg_catalog, pg_temp',
      ) +
      definer(
        'audit.refuse_other_hashes',
        `
      BEGIN${ON_THE_LOG}
        IF (NEW.level, NEW.place) <> (OLD.level, OLD.place)
          OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes
        THEN
          RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'AN002';
        END IF;
        RETURN NEW;
      END`,
        'pg_catalog, pg_temp',
      ),
  );
}

/**
 * Issued documents are immutable (§ 146(4) AO). Row triggers that fire AFTER with a condition cost next to nothing where
 * it is false: nothing is queued, and no row is locked.
 */
async function protectDocuments(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      -- The transaction in which the document was entered: its lines are, too. NULL: entered before this migration.
      ALTER TABLE invoice ADD COLUMN entered_in bigint;
      ALTER TABLE invoice ALTER COLUMN entered_in SET DEFAULT pg_current_xact_id()::text::bigint;

      CREATE FUNCTION is_issued(invoice_id bigint) RETURNS boolean
      LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
        SELECT EXISTS (SELECT FROM public.invoice WHERE id = invoice_id AND status = 'ISSUED')
      $$;
      ${definer(
        'refuse_document_change',
        `
      DECLARE
        before jsonb := to_jsonb(OLD);
        after jsonb := to_jsonb(NEW);
      BEGIN${ON_OWN_TABLES}
        IF TG_TABLE_NAME IN ('invoice_line', 'payment')
          AND NOT coalesce(public.is_issued((before ->> 'invoice_id')::bigint), false)
          AND NOT coalesce(public.is_issued((after ->> 'invoice_id')::bigint), false)
        THEN
          RETURN NULL; -- part of a draft; the table's guard refuses those of the anonymized
        END IF;
        PERFORM public.refuse_anonymized(ARRAY[before ->> 'customer_id', after ->> 'customer_id']::uuid[]);
        IF TG_OP = 'UPDATE' AND before - 'customer_id' = after - 'customer_id' THEN
          PERFORM 1 FROM public.customer WHERE id = OLD.customer_id AND merged_into_id = NEW.customer_id;
          IF FOUND THEN
            RETURN NULL; -- goes with a customer who was merged
          END IF;
        END IF;
        RAISE EXCEPTION 'the document is issued' USING ERRCODE = 'AN004';
      END`,
      )}
      ${definer(
        'refuse_late_lines',
        `
      DECLARE
        invoice_ids bigint[] := ARRAY(SELECT DISTINCT invoice_id FROM new_rows);
        customer_ids uuid[];
      BEGIN${ON_OWN_TABLES}
        PERFORM 1 FROM public.invoice
          WHERE id = ANY (invoice_ids)
            AND status = 'ISSUED'
            AND entered_in IS DISTINCT FROM pg_current_xact_id()::text::bigint;
        IF FOUND THEN
          customer_ids := ARRAY(SELECT customer_id FROM new_rows);
          PERFORM public.refuse_anonymized(customer_ids);
          RAISE EXCEPTION 'the document is issued' USING ERRCODE = 'AN004';
        END IF;
        RETURN NULL;
      END`,
      )}
      ${definer(
        'refuse_document_truncate',
        `
      BEGIN${ON_OWN_TABLES}
        RAISE EXCEPTION 'documents are issued' USING ERRCODE = 'AN004';
      END`,
      )}

      -- What a migration calls for a table of documents, and again when it has added a column: every column is kept that is
      -- not named as personal.
      CREATE PROCEDURE protect_documents(
        target regclass, personal text[], condition text DEFAULT 'true', deleted text DEFAULT 'true')
      LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
      DECLARE
        kept text;
        erased text;
        clauses record;
      BEGIN
        SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', attname), ' OR ' ORDER BY attnum) INTO kept
        FROM pg_attribute
        WHERE attrelid = target AND attnum > 0 AND NOT attisdropped AND attname <> ALL (personal);
        SELECT string_agg(format(
          'NEW.%1$I IS DISTINCT FROM OLD.%1$I'
          ' AND NEW.%1$I NOT LIKE ''Anonymisiert am __.__.____ von %%'''
          ' AND strpos(NEW.%1$I, ''[anonymisiert]'') = 0',
          name), ' OR ') INTO erased
        FROM unnest(personal) AS name;
        FOR clauses IN SELECT * FROM (VALUES
          ('change', 'UPDATE', format('(%s) AND (%s OR %s)', condition, kept, erased)),
          ('delete', 'DELETE', deleted)) AS c (name, event, condition)
        LOOP
          EXECUTE format('DROP TRIGGER IF EXISTS refuse_%s ON %s', clauses.name, target);
          EXECUTE format('CREATE TRIGGER refuse_%s AFTER %s ON %s FOR EACH ROW WHEN (%s)'
            ' EXECUTE FUNCTION public.refuse_document_change()',
            clauses.name, clauses.event, target, clauses.condition);
          EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_%s', target, clauses.name);
        END LOOP;
        EXECUTE format('DROP TRIGGER IF EXISTS refuse_truncate ON %s', target);
        EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT'
          ' EXECUTE FUNCTION public.refuse_document_truncate()', target);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER refuse_truncate', target);
      END $$;
      CALL protect_documents('invoice', '{recipient_name,recipient_address,remark}',
        'OLD.status = ''ISSUED'' OR OLD.entered_in IS DISTINCT FROM NEW.entered_in', 'OLD.status = ''ISSUED''');
      CALL protect_documents('invoice_line', '{article,text}');
      CALL protect_documents('payment', '{payer_name,iban,reference}');
      CALL protect_documents('receipt', '{customer_name}');

      CREATE TRIGGER refuse_insert AFTER INSERT ON invoice_line REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_lines();
      ${always('refuse_insert', 'invoice_line')}
      CREATE TRIGGER refuse_insert AFTER INSERT ON invoice FOR EACH ROW
        WHEN (NEW.entered_in <> pg_current_xact_id()::text::bigint) EXECUTE FUNCTION refuse_document_change();
      ${always('refuse_insert', 'invoice')}
    `);
}

/** What the law retains is removed by the purge alone, and only when it is due. */
async function protectRetained(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      -- One row where the database was first migrated for a simulation, whose clock is set by hand.
      CREATE TABLE audit.simulation (since timestamptz PRIMARY KEY);
      ${definer(
        'refuse_removal',
        `
      BEGIN${ON_OWN_TABLES}
        PERFORM public.refuse_anonymized(ARRAY[OLD.customer_id]);
        RAISE EXCEPTION 'the law retains it' USING ERRCODE = 'AN007';
      END`,
      )}
      ${definer(
        'refuse_early_purge',
        `
      BEGIN${ON_OWN_TABLES}
        PERFORM 1 FROM public.customer WHERE id = OLD.customer_id AND anonymized_at IS NOT NULL;
        IF FOUND AND TG_TABLE_NAME = 'archive_key' THEN
          PERFORM 1 WHERE NOT EXISTS (
            SELECT FROM public.archive_document document
            WHERE document.customer_id = OLD.customer_id
              AND document.retention_class = to_jsonb(OLD) ->> 'retention_class'
              AND document.content_id IS NOT NULL
              AND document.sealed_content IS NULL
              AND (document.key_id = OLD.id OR document.key_id IS NULL AND NOT (to_jsonb(OLD) ->> 'inherited')::boolean));
        ELSIF FOUND THEN
          -- the earliest time zone has the day first
          PERFORM 1 WHERE (to_jsonb(OLD) ->> 'retention_until')::date < (clock_timestamp() AT TIME ZONE 'UTC' + interval '14 hours')::date
            OR EXISTS (SELECT FROM audit.simulation);
        END IF;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'the law retains it' USING ERRCODE = 'AN007';
        END IF;
        RETURN NULL;
      END`,
      )}
      ${['archive_document', 'archive_key']
        .map(
          (table) => `
      CREATE TRIGGER refuse_delete AFTER DELETE ON ${table} FOR EACH ROW
        WHEN (OLD.retention_class <> 'NONE' AND current_user <> 'lethe_purge') EXECUTE FUNCTION refuse_removal();
      ${always('refuse_delete', table)}
      CREATE TRIGGER refuse_early_purge AFTER DELETE ON ${table} FOR EACH ROW
        WHEN (current_user = 'lethe_purge') EXECUTE FUNCTION refuse_early_purge();
      ${always('refuse_early_purge', table)}`,
        )
        .join('')}
    `);
}

/** An audit entry is what the product writes, tells of now, names an employee, and an erasure only where one is. */
async function checkEntries(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      -- Entries that the ledger holds and a restored database misses, by their leaf hash: they may be old, and their
      -- erasures still to be repeated.
      CREATE TABLE audit.announced (entry_id uuid PRIMARY KEY, leaf bytea NOT NULL);
      -- Customers whose erasure the entries of one statement claim; proved and emptied when the transaction commits.
      CREATE TABLE audit.claim (
        claimed_in bigint DEFAULT pg_current_xact_id()::text::bigint,
        id uuid DEFAULT gen_random_uuid(),
        action text NOT NULL,
        module text NOT NULL,
        run_id uuid,
        actor_id uuid,
        customer_ids uuid[] NOT NULL,
        PRIMARY KEY (claimed_in, id)
      );
      -- Modules that take part in an anonymization; the migration of a new one adds it.
      CREATE TABLE audit.participant (module text PRIMARY KEY);
      INSERT INTO audit.participant VALUES ('finance'), ('device'), ('loyalty'), ('archive'), ('customer');
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
          SELECT id FROM public.employee
          WHERE id = ANY (ARRAY(SELECT DISTINCT (e.content ->> 'actorId')::uuid FROM new_rows e)));
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
            AND jsonb_typeof(e.content -> 'details') = 'object'
            -- one value and no more: a key that stands twice would hide in it
            AND convert_from(substring(part.bytes FROM octet_length(part.head) + 1
              FOR octet_length(part.bytes) - octet_length(part.head) - octet_length(part.tail)), 'UTF8')::json IS NOT NULL
            AND (e.content ->> 'action') COLLATE "C" ~ '^[A-Z_]+$'
            AND coalesce(e.content ->> 'actorRole', 'A') COLLATE "C" ~ '^[A-Z_]+$'
            AND (e.content ->> 'module') COLLATE "C" ~ '^[a-z-]+$'
            AND e.content ->> 'outcome' IN ('SUCCEEDED', 'REFUSED', 'FAILED')
            AND (simulated OR (e.content ->> 'occurredAt')::timestamptz
              BETWEEN clock_timestamp() - interval '15 minutes' AND clock_timestamp() + interval '15 minutes')
            AND (e.content ->> 'actorId' IS NULL OR (e.content ->> 'actorId')::uuid = ANY (employees))
            AND (e.content ->> 'action' <> 'CUSTOMER_DATA_ANONYMIZED' OR
              e.content ->> 'module' = ANY (participants)
              AND e.content ->> 'outcome' = 'SUCCEEDED'
              AND num_nulls(e.content ->> 'customerId', e.content ->> 'runId', e.content ->> 'actorId') = 0),
            false));
        IF suspicious <> '{}' THEN
          PERFORM 1
          FROM new_rows e
          LEFT JOIN audit.announced a ON a.entry_id = e.id
          WHERE e.id = ANY (suspicious)
            AND a.leaf IS DISTINCT FROM sha256('\\x00'::bytea || convert_to(e.canonical, 'UTF8'));
          IF FOUND THEN
            RAISE EXCEPTION 'the audit log refuses the entry' USING ERRCODE = 'AN006';
          END IF;
        END IF;
        INSERT INTO audit.claim (action, module, run_id, actor_id, customer_ids)
        SELECT e.content ->> 'action', e.content ->> 'module', (e.content ->> 'runId')::uuid, (e.content ->> 'actorId')::uuid,
          array_agg(DISTINCT (e.content ->> 'customerId')::uuid)
        FROM new_rows e
        WHERE e.content ->> 'action' IN ('CUSTOMER_DATA_ANONYMIZED', 'ERASURE_REPLAYED')
          AND e.content ->> 'outcome' = 'SUCCEEDED'
          AND NOT EXISTS (SELECT FROM audit.announced a WHERE a.entry_id = e.id)
        GROUP BY 1, 2, 3, 4;
        RETURN NULL;
      END`,
        'pg_catalog, audit, pg_temp',
      )}
      CREATE TRIGGER refuse_forged AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_forged();
      ${always('refuse_forged', 'audit.entry')}
      ${definer(
        'audit.prove_claim',
        `
      BEGIN
        IF TG_RELID <> 'audit.claim'::regclass THEN
          RAISE EXCEPTION 'the trigger function belongs to another table' USING ERRCODE = '42501';
        END IF;
        PERFORM 1 FROM audit.claim WHERE claimed_in = NEW.claimed_in AND id = NEW.id;
        IF NOT FOUND THEN
          RETURN NULL; -- proved with another module's
        END IF;
        IF cardinality(NEW.customer_ids) <> (
          SELECT count(*) FROM public.customer
          WHERE id = ANY (NEW.customer_ids)
            -- a replay repeats merges, too
            AND (anonymized_at IS NOT NULL OR NEW.action = 'ERASURE_REPLAYED' AND merged_into_id IS NOT NULL))
        THEN
          RAISE EXCEPTION 'the audit log refuses the entry of an erasure that did not happen' USING ERRCODE = 'AN006';
        END IF;
        DELETE FROM audit.claim
          WHERE claimed_in = NEW.claimed_in AND action = NEW.action AND customer_ids = NEW.customer_ids;
        RETURN NULL;
      END`,
        'pg_catalog, audit, pg_temp',
      )}
      CREATE CONSTRAINT TRIGGER prove_claim AFTER INSERT ON audit.claim DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION audit.prove_claim();
      ${always('prove_claim', 'audit.claim')}
    `);
}

/** A customer is anonymized with audit entries that say so, and merged into somebody who is neither anonymized nor merged. */
async function checkCustomers(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      ${definer(
        'prove_anonymization',
        `
      DECLARE
        closed uuid[] := ARRAY(SELECT id FROM old_rows WHERE anonymized_at IS NOT NULL);
        done record;
        proof text;
      BEGIN${ON_CUSTOMER}
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
                WHERE e.content ->> 'customerId' = origin.id::text
                  AND (e.content ->> 'action') || '' = 'CUSTOMER_DATA_ANONYMIZED'
                  AND (e.content ->> 'runId') || '' = done.run_id::text
                  AND e.content ->> 'actorId' = done.actor_id::text
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
      )}
      ALTER FUNCTION prove_anonymization() SET enable_seqscan = off;
      ALTER FUNCTION audit.prove_claim() SET enable_seqscan = off;
      CREATE TRIGGER prove_anonymization AFTER UPDATE ON customer
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION prove_anonymization();
      ${always('prove_anonymization', 'customer')}
      ${definer(
        'refuse_closed_customer',
        `
      BEGIN${ON_CUSTOMER}
        RAISE EXCEPTION 'a customer is entered open' USING ERRCODE = 'AN005';
      END`,
      )}
      CREATE TRIGGER refuse_insert AFTER INSERT ON customer FOR EACH ROW
        WHEN (num_nonnulls(NEW.anonymized_at, NEW.merged_into_id) > 0) EXECUTE FUNCTION refuse_closed_customer();
      ${always('refuse_insert', 'customer')}
      ${definer(
        'refuse_merge',
        `
      DECLARE
        target record;
      BEGIN${ON_CUSTOMER}
        IF NEW.anonymized_at IS NOT NULL THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        ELSIF OLD.merged_into_id IS NOT NULL OR NEW.merged_into_id = NEW.id THEN
          RAISE EXCEPTION 'the customer is merged' USING ERRCODE = 'AN008';
        END IF;
        -- locked first, judged in a later statement: as the guards do
        PERFORM 1 FROM public.customer WHERE id = NEW.merged_into_id FOR SHARE;
        SELECT anonymized_at, merged_into_id INTO target FROM public.customer WHERE id = NEW.merged_into_id;
        IF target.anonymized_at IS NOT NULL THEN
          RAISE EXCEPTION 'the customer is anonymized' USING ERRCODE = 'AN001';
        ELSIF target.merged_into_id IS NOT NULL THEN
          RAISE EXCEPTION 'the customer is merged' USING ERRCODE = 'AN008';
        END IF;
        RETURN NULL;
      END`,
      )}
      CREATE TRIGGER refuse_merge AFTER UPDATE ON customer FOR EACH ROW
        WHEN (OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id) EXECUTE FUNCTION refuse_merge();
      ${always('refuse_merge', 'customer')}
    `);
}

/** PUBLIC gets nothing of ours, now and from later migrations; roles get what they are granted by name. */
async function withdrawRights(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`
      ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      DO $$
      DECLARE
        routine regprocedure;
      BEGIN
        FOR routine IN
          SELECT oid FROM pg_proc
          WHERE pronamespace IN ('public'::regnamespace, 'audit'::regnamespace) AND proowner = current_user::regrole
        LOOP
          EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', routine);
        END LOOP;
      END $$;
      GRANT EXECUTE ON FUNCTION uuid_v7() TO lethe_app;

      REVOKE DELETE ON receipt, legal_hold FROM lethe_app;
      GRANT INSERT, DELETE, SELECT ON audit.announced TO lethe_sequencer;
      GRANT SELECT ON audit.announced, audit.claim, audit.participant, audit.simulation TO lethe_auditor;
      GRANT SELECT (id, anonymized_at) ON customer TO lethe_auditor;

      -- titles and file names hold names of customers
      REVOKE SELECT ON archive_document FROM lethe_purge;
      DO $$
      BEGIN
        EXECUTE (
          SELECT format('GRANT SELECT (%s) ON archive_document TO lethe_purge', string_agg(quote_ident(attname), ', '))
          FROM pg_attribute
          WHERE attrelid = 'archive_document'::regclass AND attnum > 0 AND NOT attisdropped
            AND attname NOT IN ('type', 'title', 'file_name'));
      END $$;
    `);
}
