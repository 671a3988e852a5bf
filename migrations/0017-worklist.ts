import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Customers whom a run could not anonymize, as they were last judged: operational, like the items of runs. */
export class Worklist1700000000017 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE blocked_customer (
        customer_id uuid PRIMARY KEY,
        blockers json NOT NULL DEFAULT '[]',
        earliest_possible_on date,
        -- NULL until it is judged for the first time
        judged_on date
      );
      CREATE INDEX blocked_customer_earliest ON blocked_customer (earliest_possible_on, customer_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON blocked_customer TO lethe_app;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE blocked_customer');
  }
}
