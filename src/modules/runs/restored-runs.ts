import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../kernel/anonymization-step';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AUDIT_ENTRIES, AuditLog } from '../audit';

/** A customer of the restored database. */
interface Customer {
  readonly id: string;
  readonly customerNumber: string;
}

/** Brings the runs of a restored database up to date with the ledger. */
@Injectable()
export class RestoredRuns {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Pauses the runs that were running in the backup: they would continue by themselves, even if they were cancelled
   * since. After an employee resumes them, the remaining customers are checked again.
   */
  pauseRunning(): Promise<number> {
    return this.transaction.run(async () => {
      const paused = await this.transaction.query<{ id: string }>(
        `UPDATE anonymization_run SET state = 'PAUSED', paused_at = $1, working_since = NULL
         WHERE state = 'RUNNING' RETURNING id`,
        [this.clock.now()],
      );
      if (paused.length > 0)
        await this.audit.record(
          ...paused.map(({ id }) => ({
            action: 'ANONYMIZATION_RUN_PAUSED' as const,
            module: 'anonymization' as const,
            outcome: 'SUCCEEDED' as const,
            actorId: null,
            actorRole: null,
            runId: id,
            details: { cause: 'DATABASE_RESTORED' },
          })),
        );
      return paused.length;
    });
  }

  /**
   * Records replayed anonymizations, so that the list of runs shows each one: finishes the items of a run that is in
   * the backup, and inserts a run that is not. The clean-up of dead rows and statistics includes it.
   */
  async recordAnonymized(customers: readonly Customer[], context: AnonymizationContext): Promise<void> {
    await this.transaction.execute(
      `INSERT INTO anonymization_run AS run
         (id, kind, state, reason, reference, created_by, created_at, previewed_at, started_by, started_at, finished_at)
       SELECT $1,
         CASE WHEN EXISTS (
           SELECT FROM ${AUDIT_ENTRIES} entry
           WHERE entry.content ->> 'runId' = $1::uuid::text
             AND entry.content ->> 'action' = 'ANONYMIZATION_RUN_CREATED') THEN 'SELECTION' ELSE 'CUSTOMER' END,
         'COMPLETED', $2, $3, $4, $5, $5, $4, $5, $5
       ON CONFLICT (id) DO UPDATE
       SET finished_at = excluded.finished_at, cleaned_at = NULL
       WHERE run.state = 'COMPLETED'`,
      [context.runId, context.reason, context.reference, context.actorId, context.instant],
    );
    await this.transaction.execute(
      `INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state)
       SELECT $1, customer_id, customer_number, 'ANONYMIZED'
       FROM unnest($2::uuid[], $3::text[]) AS anonymized(customer_id, customer_number)
       ON CONFLICT (run_id, customer_id) DO UPDATE
       SET state = 'ANONYMIZED', blockers = NULL, failure_code = NULL`,
      [context.runId, customers.map(({ id }) => id), customers.map(({ customerNumber }) => customerNumber)],
    );
  }
}
