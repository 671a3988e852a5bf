import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import type { Actor } from '../../../platform/auth/actor';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { AuditLog } from '../../audit';
import type { RunSubject } from '../commands/create-run/create-run.command';
import type { Justification } from '../saga/causes';
import { blockersBySubject } from '../validation/blocker-queries';
import { PREVIEW_HOURS, type RunState } from './run-state';

export interface StoredRun {
  readonly id: string;
  readonly state: RunState;
  readonly selection_id: string | null;
  readonly created_by: string;
  readonly previewed_at: Date | null;
}

/** Freezes the members and judges each one, in one statement; $1 run, $2 today, $3 months. */
const FREEZE_AND_JUDGE = `
  WITH subject AS (
    SELECT m.customer_id FROM anonymization_run r JOIN selection_member m ON m.selection_id = r.selection_id WHERE r.id = $1
    UNION
    SELECT unnest(r.customer_ids) FROM anonymization_run r WHERE r.id = $1),
  judged AS (${blockersBySubject('$2::date', '$3::int')})
  INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
  SELECT $1, c.id, c.customer_number,
    CASE WHEN c.anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED' WHEN j.customer_id IS NOT NULL THEN 'BLOCKED' ELSE 'READY' END,
    CASE WHEN c.anonymized_at IS NULL THEN j.blockers END
  FROM subject s JOIN customer c ON c.id = s.customer_id LEFT JOIN judged j ON j.customer_id = c.id`;

/** The life of a run: created, previewed, started, completed. Every change is audited in its transaction. */
@Injectable()
export class Runs {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: LetheConfig,
  ) {}

  /** @throws DomainError `SELECTION_NOT_FOUND`, `CUSTOMER_NOT_FOUND` */
  async create(subject: RunSubject, actor: Actor): Promise<string> {
    await this.requireSubject(subject);
    const id = newId();
    const [selectionId, customerIds] =
      'selectionId' in subject ? [subject.selectionId, null] : [null, subject.customerIds];
    await this.transaction.execute(
      `INSERT INTO anonymization_run (id, kind, state, selection_id, customer_ids, created_by, created_at)
       VALUES ($1, 'SELECTION', 'PREVIEWING', $2, $3, $4, $5)`,
      [id, selectionId, customerIds, actor.id, this.clock.now()],
    );
    await this.record('ANONYMIZATION_RUN_CREATED', id, actor, { selectionId, customers: customerIds?.length ?? null });
    return id;
  }

  /** Judges the members of a run that waits for it; false, doing nothing, when somebody else does so. */
  async preview(runId: string): Promise<boolean> {
    const run = await this.lock(runId, 'FOR UPDATE SKIP LOCKED');
    if (run?.state !== 'PREVIEWING') return false;
    const instant = this.clock.now();
    await this.transaction.execute(FREEZE_AND_JUDGE, [
      runId,
      this.clock.today(instant),
      this.config.recentInvoiceMonths,
    ]);
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'PREVIEWED', previewed_at = $2 WHERE id = $1`,
      [runId, instant],
    );
    return true;
  }

  /**
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `FOUR_EYES_REQUIRED`, `PREVIEW_EXPIRED`, `RUN_STATE_CONFLICT`, `RUN_ALREADY_ACTIVE`,
   *   `CONFIRMATION_MISMATCH`
   */
  async start(runId: string, confirmation: number, { reason, reference }: Justification, actor: Actor): Promise<void> {
    const run = await this.lock(runId, 'FOR UPDATE');
    if (run === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
    const instant = this.clock.now();
    if (run.state === 'EXPIRED' || isExpired(run, instant)) throw new DomainError('PREVIEW_EXPIRED');
    if (run.state !== 'PREVIEWED') throw new DomainError('RUN_STATE_CONFLICT', { state: run.state });
    if (this.config.fourEyes && run.created_by === actor.id) throw new DomainError('FOUR_EYES_REQUIRED');
    await this.refuseSecondRun(run);
    const [ready] = await this.transaction.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'`,
      [runId],
    );
    if (ready!.count !== confirmation) throw new DomainError('CONFIRMATION_MISMATCH');
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'RUNNING', reason = $2, reference = $3, started_by = $4, started_at = $5 WHERE id = $1`,
      [runId, reason, reference, actor.id, instant],
    );
    await this.record('ANONYMIZATION_RUN_STARTED', runId, actor, { ready: confirmation, reason, reference });
  }

  /** Ends a run of which no item is left; does nothing when some are, or when it has ended. */
  async completeWhenDone(runId: string, actor: { readonly id: string; readonly role: string }): Promise<boolean> {
    const run = await this.lock(runId, 'FOR UPDATE');
    if (run?.state !== 'RUNNING') return true;
    const counts = await this.counts(runId);
    if ((counts.READY ?? 0) > 0) return false;
    await this.transaction.execute(`UPDATE anonymization_run SET state = 'COMPLETED', finished_at = $2 WHERE id = $1`, [
      runId,
      this.clock.now(),
    ]);
    await this.record('ANONYMIZATION_RUN_COMPLETED', runId, actor, { counts });
    return true;
  }

  private async counts(runId: string): Promise<Record<string, number>> {
    const rows = await this.transaction.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 GROUP BY state',
      [runId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  private async lock(runId: string, strength: string): Promise<StoredRun | undefined> {
    const [run] = await this.transaction.query<StoredRun>(
      `SELECT id, state, selection_id, created_by, previewed_at FROM anonymization_run WHERE id = $1 ${strength}`,
      [runId],
    );
    return run;
  }

  private async requireSubject(subject: RunSubject): Promise<void> {
    if ('selectionId' in subject) {
      const found = await this.transaction.query('SELECT FROM selection WHERE id = $1', [subject.selectionId]);
      if (found.length === 0) throw new DomainError('SELECTION_NOT_FOUND');
      return;
    }
    const [known] = await this.transaction.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM customer WHERE id = ANY ($1::uuid[])',
      [subject.customerIds],
    );
    if (known!.count < subject.customerIds.length) throw new DomainError('CUSTOMER_NOT_FOUND');
  }

  /** The unique index says the same; two starts at once meet there. */
  private async refuseSecondRun(run: StoredRun): Promise<void> {
    if (run.selection_id === null) return;
    await this.transaction.query('SELECT FROM selection WHERE id = $1 FOR NO KEY UPDATE', [run.selection_id]);
    const active = await this.transaction.query(
      `SELECT FROM anonymization_run WHERE selection_id = $1 AND state IN ('RUNNING', 'PAUSED', 'CANCELLING')`,
      [run.selection_id],
    );
    if (active.length > 0) throw new DomainError('RUN_ALREADY_ACTIVE');
  }

  private record(
    action: 'ANONYMIZATION_RUN_CREATED' | 'ANONYMIZATION_RUN_STARTED' | 'ANONYMIZATION_RUN_COMPLETED',
    runId: string,
    actor: { readonly id: string; readonly role: string },
    details: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.audit.record({
      action,
      module: 'anonymization',
      outcome: 'SUCCEEDED',
      actorId: actor.id,
      actorRole: actor.role,
      runId,
      details,
    });
  }
}

/** A preview that is too old says nothing about today. */
export function isExpired(run: Pick<StoredRun, 'state' | 'previewed_at'>, instant: Date): boolean {
  return (
    run.state === 'PREVIEWED' &&
    run.previewed_at !== null &&
    instant.getTime() - run.previewed_at.getTime() > PREVIEW_HOURS * 3_600_000
  );
}
