import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The epochs of the ledger outside of the database. Each leader takes the next one before it writes, and names its files by it: readers prefer the highest
 * epoch, so a leader that was replaced while it was suspended cannot change the log any more.
 */
export class LedgerEpochs1700000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE audit.epoch (
        epoch bigint PRIMARY KEY CHECK (epoch > 0),
        begun_at timestamptz NOT NULL
      );
      GRANT SELECT, INSERT ON audit.epoch TO lethe_sequencer;
      GRANT SELECT ON audit.epoch TO lethe_app, lethe_auditor;
    `);
    for (const event of ['UPDATE', 'DELETE', 'TRUNCATE']) {
      const trigger = `refuse_${event.toLowerCase()}`;
      await queryRunner.query(`
        CREATE TRIGGER ${trigger} BEFORE ${event} ON audit.epoch
          FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
        ALTER TABLE audit.epoch ENABLE ALWAYS TRIGGER ${trigger};
      `);
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The audit log is not dropped by a migration'));
  }
}
