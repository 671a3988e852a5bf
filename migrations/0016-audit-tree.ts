import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The Merkle tree over the log and its signed heads (architecture section 4). Hashes lie in tiles of 256, as in https://c2sp.org/tlog-tiles: tile 3 of level 0
 * holds the leaves 768 to 1,023, and those of level 1 the roots of 256 leaves each. Only the last tile of a level grows.
 */
export class AuditTree1700000000016 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit.tile (
        level smallint NOT NULL CHECK (level >= 0),
        place bigint NOT NULL CHECK (place >= 0),
        hashes bytea NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
        PRIMARY KEY (level, place)
      );
      ALTER TABLE audit.tile ALTER COLUMN hashes SET STORAGE EXTERNAL; -- hashes cannot be compressed
      -- only what is exported, too: the newest is never ahead of the ledger
      CREATE TABLE audit.checkpoint (size bigint PRIMARY KEY CHECK (size >= 0), note text NOT NULL, exported_at timestamptz NOT NULL);

      CREATE FUNCTION audit.refuse_other_hashes() RETURNS trigger
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF (NEW.level, NEW.place) <> (OLD.level, OLD.place) OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes THEN
          RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'AN002';
        END IF;
        RETURN NEW;
      END $$;
      REVOKE ALL ON FUNCTION audit.refuse_other_hashes() FROM PUBLIC;
      CREATE TRIGGER refuse_update BEFORE UPDATE ON audit.tile FOR EACH ROW EXECUTE FUNCTION audit.refuse_other_hashes();
      ALTER TABLE audit.tile ENABLE ALWAYS TRIGGER refuse_update;
    `);
    for (const [table, events] of [
      ['tile', ['DELETE', 'TRUNCATE']],
      ['checkpoint', ['UPDATE', 'DELETE', 'TRUNCATE']],
    ] as const)
      for (const event of events) {
        const trigger = `refuse_${event.toLowerCase()}`;
        await queryRunner.query(`
          CREATE TRIGGER ${trigger} BEFORE ${event} ON audit.${table} FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
          ALTER TABLE audit.${table} ENABLE ALWAYS TRIGGER ${trigger};
        `);
      }
    await queryRunner.query(`
      -- a content without an id was accepted: NULL fulfils a CHECK
      ALTER TABLE audit.entry DROP CONSTRAINT entry_id_is_its_own,
        ADD CONSTRAINT entry_id_is_its_own CHECK (coalesce(content ->> 'id' = id::text, false));
      GRANT SELECT ON audit.tile, audit.checkpoint TO lethe_app, lethe_auditor;
      GRANT SELECT, INSERT, UPDATE ON audit.tile TO lethe_sequencer;
      GRANT SELECT, INSERT ON audit.checkpoint TO lethe_sequencer;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The audit log is not dropped by a migration'));
  }
}
