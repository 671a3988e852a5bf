import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Least privilege: what each role may do. The roles themselves exist before the first migration (`platform/database/roles.ts`). */
export class Grants1700000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      REVOKE ALL ON SCHEMA public FROM PUBLIC;
      REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
      REVOKE ALL ON FUNCTION refuse_anonymized(uuid[]) FROM PUBLIC;
      REVOKE ALL ON PROCEDURE attach_customer_guards(regclass, text) FROM PUBLIC;

      GRANT USAGE ON SCHEMA public TO lethe_app, lethe_purge, lethe_auditor;
      GRANT USAGE ON SCHEMA audit TO lethe_app, lethe_sequencer, lethe_purge, lethe_auditor;

      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lethe_app;
      REVOKE ALL ON migrations FROM lethe_app;
      GRANT SELECT ON migrations TO lethe_app;
      REVOKE DELETE ON customer, employee, branch, cost_bearer, loyalty_program, fiscal_envelope, anonymization_run, anonymization_run_item
        FROM lethe_app;
      REVOKE UPDATE ON fiscal_envelope FROM lethe_app;

      GRANT SELECT, INSERT (id, canonical) ON audit.entry TO lethe_app;
      GRANT SELECT ON audit.position, audit.pending TO lethe_app;

      GRANT SELECT ON audit.entry TO lethe_sequencer;
      GRANT SELECT, DELETE ON audit.pending TO lethe_sequencer;
      GRANT SELECT, INSERT ON audit.position TO lethe_sequencer;

      GRANT SELECT, DELETE ON archive_document, archive_key TO lethe_purge;
      GRANT INSERT ON outbox TO lethe_purge;
      GRANT INSERT (id, canonical) ON audit.entry TO lethe_purge;

      GRANT SELECT ON ALL TABLES IN SCHEMA audit TO lethe_auditor;
      GRANT SELECT ON anonymization_run, anonymization_run_item TO lethe_auditor;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Grants are not taken back by a migration'));
  }
}
