import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the purge needs beyond 0006: whether a customer is anonymized, and the envelopes that seal nothing any more. Whose documents they are it need
 * not know. The guards exempt its role for DELETE alone (0003), and it is granted neither INSERT nor UPDATE on what it deletes.
 */
export class Purge1700000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      GRANT SELECT (id, anonymized_at) ON customer TO lethe_purge;
      GRANT SELECT (id), DELETE ON fiscal_envelope TO lethe_purge;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      REVOKE SELECT (id, anonymized_at) ON customer FROM lethe_purge;
      REVOKE SELECT (id), DELETE ON fiscal_envelope FROM lethe_purge;
    `);
  }
}
