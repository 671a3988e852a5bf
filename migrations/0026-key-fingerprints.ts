import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The keys and the fiscal seal that the database depends on, by fingerprint. The application records a key when it is first used and compares it at each
 * start; only the owner replaces a fingerprint (`npm run keys:rotate`).
 */
export class KeyFingerprints1700000000026 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE key_fingerprint (
        name text PRIMARY KEY,
        fingerprint text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now()
      );
      GRANT SELECT, INSERT (name, fingerprint) ON key_fingerprint TO lethe_app;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE key_fingerprint');
  }
}
