import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions of browsers: what the cookie holds is known by its digest alone. */
export class BrowserSessions1700000000018 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE employee_session (
        token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
        employee_id uuid NOT NULL REFERENCES employee (id),
        created_at timestamptz NOT NULL,
        last_seen_at timestamptz NOT NULL,
        -- when the password was given last
        confirmed_at timestamptz NOT NULL
      );
      CREATE INDEX employee_session_employee ON employee_session (employee_id);
      GRANT SELECT, INSERT, UPDATE, DELETE ON employee_session TO lethe_app;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE employee_session');
  }
}
