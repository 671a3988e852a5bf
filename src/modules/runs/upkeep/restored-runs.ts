import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';
import { RECORD_RESTORED_RUN, WRITE_ANONYMIZED_ITEMS } from '../queries/restored-runs.queries';

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
    await this.transaction.execute(RECORD_RESTORED_RUN, [
      context.runId,
      context.reason,
      context.reference,
      context.actorId,
      context.instant,
    ]);
    await this.transaction.execute(WRITE_ANONYMIZED_ITEMS, [
      context.runId,
      customers.map(({ id }) => id),
      customers.map(({ customerNumber }) => customerNumber),
    ]);
  }
}
