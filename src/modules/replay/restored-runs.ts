import { Injectable } from '@nestjs/common';
import type { Cause } from '../../kernel/anonymization-step';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AuditLog } from '../audit';
import type { RestoredCustomer } from './restored-customers';

/** The runs of a restored database. */
@Injectable()
export class RestoredRuns {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs that were under way in the backup would go on by themselves, also those that were cancelled since. Somebody has to want it: they are paused, and
   * whoever is left is judged again when they are resumed.
   */
  pause(): Promise<number> {
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
   * Every anonymization is found in the list of runs: items of a run that was in the backup are done, a run that was not is made anew. Dead rows and
   * statistics are cleaned up after it, too.
   */
  async record(customers: readonly RestoredCustomer[], cause: Cause): Promise<void> {
    await this.transaction.execute(
      `INSERT INTO anonymization_run AS r
         (id, kind, state, reason, reference, created_by, created_at, previewed_at, started_by, started_at, finished_at)
       SELECT $1, CASE WHEN EXISTS (SELECT FROM audit.entry e WHERE e.content ->> 'runId' = $1::uuid::text
           AND e.content ->> 'action' = 'ANONYMIZATION_RUN_CREATED') THEN 'SELECTION' ELSE 'CUSTOMER' END,
         'COMPLETED', $2, $3, $4, $5, $5, $4, $5, $5
       ON CONFLICT (id) DO UPDATE SET finished_at = excluded.finished_at, cleaned_at = NULL WHERE r.state = 'COMPLETED'`,
      [cause.runId, cause.reason, cause.reference, cause.actorId, cause.instant],
    );
    await this.transaction.execute(
      `INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state)
       SELECT $1, customer_id, customer_number, 'ANONYMIZED' FROM unnest($2::uuid[], $3::text[]) AS v(customer_id, customer_number)
       ON CONFLICT (run_id, customer_id) DO UPDATE SET state = 'ANONYMIZED', blockers = NULL, failure_code = NULL`,
      [cause.runId, customers.map(({ id }) => id), customers.map(({ customerNumber }) => customerNumber)],
    );
  }
}
