import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The append-only log (architecture section 4). The application's role may insert an entry's canonical text and read; it owns nothing here.
 * `content` is derived from exactly the stored bytes, so a query can never see anything else than what is hashed later.
 */
export class Audit1700000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE SCHEMA audit;

      CREATE TABLE audit.entry (
        id uuid PRIMARY KEY,
        canonical text NOT NULL,
        content jsonb NOT NULL GENERATED ALWAYS AS (canonical::jsonb) STORED,
        CONSTRAINT entry_id_is_its_own CHECK (content ->> 'id' = id::text)
      );
      -- Each in the order in which entries are listed: the planner has no statistics of a partial index, and would rather walk the whole log by time.
      CREATE INDEX entry_customer ON audit.entry ((content ->> 'customerId'), (content ->> 'occurredAt'), id)
        WHERE content ->> 'customerId' IS NOT NULL;
      CREATE INDEX entry_run ON audit.entry ((content ->> 'runId'), (content ->> 'occurredAt'), id) WHERE content ->> 'runId' IS NOT NULL;
      CREATE INDEX entry_action ON audit.entry ((content ->> 'action'), (content ->> 'occurredAt'), id);
      CREATE INDEX entry_occurred_at ON audit.entry ((content ->> 'occurredAt'), id);
      CREATE UNIQUE INDEX entry_once_per_customer_and_module ON audit.entry ((content ->> 'customerId'), (content ->> 'module'))
        WHERE content ->> 'action' = 'CUSTOMER_DATA_ANONYMIZED';

      -- entries that have no position in the log yet; the sequencer alone drains it
      CREATE TABLE audit.pending (entry_id uuid PRIMARY KEY);
      CREATE TABLE audit.position (sequence bigint PRIMARY KEY, entry_id uuid NOT NULL UNIQUE);

      CREATE FUNCTION audit.enqueue() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, audit, pg_temp AS $$
      BEGIN
        INSERT INTO audit.pending SELECT id FROM new_rows;
        RETURN NULL;
      END $$;
      CREATE TRIGGER enqueue AFTER INSERT ON audit.entry REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION audit.enqueue();

      CREATE FUNCTION audit.refuse_change() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'AN002';
      END $$;
    `);
    for (const table of ['entry', 'position']) {
      for (const event of ['UPDATE', 'DELETE', 'TRUNCATE']) {
        const trigger = `refuse_${event.toLowerCase()}`;
        await queryRunner.query(`
          CREATE TRIGGER ${trigger} BEFORE ${event} ON audit.${table} FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
          ALTER TABLE audit.${table} ENABLE ALWAYS TRIGGER ${trigger};
        `);
      }
    }
    await queryRunner.query('ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER enqueue');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The audit log is not dropped by a migration'));
  }
}
