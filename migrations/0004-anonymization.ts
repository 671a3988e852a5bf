import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Operational tables: they name customers by id and number, have no foreign key to them and no personal column. */
export class Anonymization1700000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE anonymization_run (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('CUSTOMER', 'SELECTION')),
        state text NOT NULL CHECK (state IN
          ('PREVIEWING', 'PREVIEWED', 'RUNNING', 'PAUSED', 'CANCELLING', 'CANCELLED', 'COMPLETED', 'EXPIRED')),
        selection_id bigint,
        customer_ids uuid[],
        reason text, reference text,
        created_by uuid NOT NULL, created_at timestamptz NOT NULL,
        previewed_at timestamptz,
        started_by uuid, started_at timestamptz,
        finished_at timestamptz
      );
      CREATE INDEX anonymization_run_created ON anonymization_run (created_at DESC, id DESC);
      CREATE INDEX anonymization_run_unfinished ON anonymization_run (state) WHERE state IN ('PREVIEWING', 'RUNNING', 'CANCELLING');
      CREATE UNIQUE INDEX anonymization_run_one_active ON anonymization_run (selection_id)
        WHERE selection_id IS NOT NULL AND state IN ('RUNNING', 'PAUSED', 'CANCELLING');

      CREATE TABLE anonymization_run_item (
        run_id uuid NOT NULL REFERENCES anonymization_run,
        customer_id uuid NOT NULL,
        customer_number text NOT NULL,
        state text NOT NULL CHECK (state IN ('READY', 'BLOCKED', 'ALREADY_ANONYMIZED', 'ANONYMIZED', 'FAILED', 'CANCELLED')),
        blockers json,
        failure_code text,
        first_deferred_at timestamptz,
        deferred_at timestamptz,
        PRIMARY KEY (run_id, customer_id)
      );
      CREATE INDEX anonymization_run_item_ready ON anonymization_run_item (run_id, deferred_at NULLS FIRST, customer_id) WHERE state = 'READY';
      CREATE INDEX anonymization_run_item_state ON anonymization_run_item (run_id, state, customer_id);

      CREATE TABLE idempotency_answer (
        employee_id uuid NOT NULL,
        route text NOT NULL,
        key text NOT NULL,
        fingerprint text NOT NULL,
        answer json,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (employee_id, route, key)
      );
      CREATE INDEX idempotency_answer_created ON idempotency_answer (created_at);

      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        payload jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL DEFAULT now(),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX outbox_due ON outbox (due_at);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Runs are evidence and not dropped by a migration'));
  }
}
