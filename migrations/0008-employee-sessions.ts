import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A new password ends the sessions that the old one began: tokens issued before this instant are refused. NULL: never changed. */
export class EmployeeSessions1700000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE employee ADD COLUMN password_changed_at timestamptz');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE employee DROP COLUMN password_changed_at');
  }
}
