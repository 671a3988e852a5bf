import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When dead rows and statistics were cleaned of what a run erased; NULL for those that have ended: still to be done. */
export class RunCleanup1700000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE anonymization_run ADD COLUMN cleaned_at timestamptz;
      CREATE INDEX anonymization_run_uncleaned ON anonymization_run (finished_at)
        WHERE cleaned_at IS NULL AND state IN ('COMPLETED', 'CANCELLED');
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE anonymization_run DROP COLUMN cleaned_at');
  }
}
