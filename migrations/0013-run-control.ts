import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pause and cancel: who cancelled, and for how long a run has worked, pauses not counted. */
export class RunControl1700000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE anonymization_run
        ADD COLUMN working_since timestamptz,
        ADD COLUMN worked_ms bigint NOT NULL DEFAULT 0,
        ADD COLUMN cancelled_by uuid;
      UPDATE anonymization_run SET working_since = started_at WHERE state = 'RUNNING';
      UPDATE anonymization_run SET worked_ms = extract(epoch FROM finished_at - started_at) * 1000 WHERE kind = 'SELECTION' AND finished_at IS NOT NULL;

      -- A run that is cancelled before it was started is not in the way of the one that works.
      DROP INDEX anonymization_run_one_active;
      CREATE UNIQUE INDEX anonymization_run_one_active ON anonymization_run (selection_id)
        WHERE selection_id IS NOT NULL AND started_at IS NOT NULL AND state IN ('RUNNING', 'PAUSED', 'CANCELLING');
      CREATE INDEX anonymization_run_previewed ON anonymization_run (previewed_at) WHERE state = 'PREVIEWED';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Runs are evidence and lose nothing by a migration'));
  }
}
