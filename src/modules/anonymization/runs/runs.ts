import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { Role } from '../../../kernel/role';
import type { Actor } from '../../../platform/auth/actor';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { type AuditAction, AuditLog } from '../../audit';
import type { RunSubject } from '../commands/create-run/create-run.command';
import type { Justification } from '../saga/causes';
import { blockersBySubject } from '../validation/blocker-queries';
import { membersNamedBySelection, namedMembers } from './named-members';
import { isExpired, type RunState, stateAt } from './run-state';

export interface StoredRun {
  readonly id: string;
  readonly state: RunState;
  readonly selection_id: string | null;
  readonly created_by: string;
  readonly cancelled_by: string | null;
}

interface Employee {
  readonly id: string;
  readonly role: string;
}

/** Ends a stretch of work; $2 instant. Pauses do not count, the time in which no process runs does: the run was ready to go on. */
const STOP_WORKING = `working_since = NULL,
  worked_ms = worked_ms + coalesce(extract(epoch FROM $2::timestamptz - working_since) * 1000, 0)::bigint`;

/** Who is in a run; with the selection as a parameter, $4, the planner knows how many they are. */
const MEMBERS_OF_SELECTION = 'SELECT customer_id FROM selection_member WHERE selection_id = $4::bigint';
const MEMBERS_BY_ID = 'SELECT DISTINCT unnest(customer_ids) AS customer_id FROM anonymization_run WHERE id = $1';

/** Freezes the members and judges each one, in one statement; $1 run, $2 today, $3 months. */
const freezeAndJudge = (members: string) => `
  WITH subject AS (${members}),
  judged AS (${blockersBySubject('$2::date', '$3::int')})
  INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
  SELECT $1, c.id, c.customer_number,
    CASE WHEN c.anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED' WHEN j.customer_id IS NOT NULL THEN 'BLOCKED' ELSE 'READY' END,
    CASE WHEN c.anonymized_at IS NULL THEN j.blockers END
  FROM subject s JOIN customer c ON c.id = s.customer_id LEFT JOIN judged j ON j.customer_id = c.id`;

/**
 * The life of a run, in the transaction in progress. What an employee does is audited with it; a cancellation when it is done, with what came of it,
 * in the name of the employee who asked for it.
 */
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

  /**
   * Judges the members of a run that waits for it; false, doing nothing, when somebody else does so. The run itself is not locked, so that it can be
   * cancelled meanwhile.
   */
  async preview(runId: string): Promise<boolean> {
    const run = (await this.claimMembers(runId)) ? await this.find(runId) : undefined;
    if (run?.state !== 'PREVIEWING') return false;
    const instant = this.clock.now();
    await this.transaction.query(`SET LOCAL work_mem = '64MB'`); // a million members are joined in memory, not in files
    const settings = [runId, this.clock.today(instant), this.config.recentInvoiceMonths];
    if (run.selection_id === null) await this.transaction.execute(freezeAndJudge(MEMBERS_BY_ID), settings);
    else await this.transaction.execute(freezeAndJudge(MEMBERS_OF_SELECTION), [...settings, run.selection_id]);
    const named = await membersNamedBySelection(this.transaction, runId);
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'PREVIEWED', previewed_at = $2, named_in_selection = $3
       WHERE id = $1 AND state = 'PREVIEWING'`,
      [runId, instant, named],
    );
    return true;
  }

  /**
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `FOUR_EYES_REQUIRED`, `PREVIEW_EXPIRED`, `RUN_STATE_CONFLICT`, `RUN_ALREADY_ACTIVE`,
   *   `CONFIRMATION_MISMATCH`, `REFERENCE_NAMES_CUSTOMER`
   */
  async start(runId: string, confirmation: number, { reason, reference }: Justification, actor: Actor): Promise<void> {
    const run = await this.lock(runId);
    if (run.state === 'EXPIRED') throw new DomainError('PREVIEW_EXPIRED');
    requireState(run, 'PREVIEWED');
    if (this.config.fourEyes && run.created_by === actor.id) throw new DomainError('FOUR_EYES_REQUIRED');
    await this.refuseSecondRun(run);
    const [ready] = await this.transaction.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'`,
      [runId],
    );
    if (ready!.count !== confirmation) throw new DomainError('CONFIRMATION_MISMATCH');
    if (reference !== null && (await namedMembers(this.transaction, runId, reference)) > 0)
      throw new DomainError('REFERENCE_NAMES_CUSTOMER');
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'RUNNING', reason = $2, reference = $3, started_by = $4, started_at = $5, working_since = $5
       WHERE id = $1`,
      [runId, reason, reference, actor.id, this.clock.now()],
    );
    await this.record('ANONYMIZATION_RUN_STARTED', runId, actor, { ready: confirmation, reason, reference });
  }

  /** Ends a run of which no item is left, once its audit entries are anchored; does nothing before that, or when it has ended. */
  async completeWhenDone(runId: string, actor: Employee): Promise<boolean> {
    if ((await this.lock(runId)).state !== 'RUNNING') return true;
    const counts = await this.counts(runId);
    if ((counts.READY ?? 0) > 0 || !(await this.audit.isAnchored(runId))) return false;
    await this.end(runId, 'COMPLETED', actor, counts);
    return true;
  }

  /**
   * Takes effect within one set, because workers read the state when they claim the next.
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT`
   */
  async pause(runId: string, actor: Actor): Promise<RunState> {
    requireState(await this.lock(runId), 'RUNNING');
    await this.transaction.execute(`UPDATE anonymization_run SET state = 'PAUSED', ${STOP_WORKING} WHERE id = $1`, [
      runId,
      this.clock.now(),
    ]);
    await this.record('ANONYMIZATION_RUN_PAUSED', runId, actor);
    return 'PAUSED';
  }

  /** @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT` */
  async resume(runId: string, actor: Actor): Promise<RunState> {
    requireState(await this.lock(runId), 'PAUSED');
    await this.transaction.execute(`UPDATE anonymization_run SET state = 'RUNNING', working_since = $2 WHERE id = $1`, [
      runId,
      this.clock.now(),
    ]);
    await this.record('ANONYMIZATION_RUN_RESUMED', runId, actor);
    return 'RUNNING';
  }

  /**
   * Nothing more is begun; a worker marks what is left and ends the run, see {@link finishCancelling}.
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT`
   */
  async cancel(runId: string, actor: Actor): Promise<RunState> {
    requireState(await this.lock(runId), 'PREVIEWING', 'PREVIEWED', 'RUNNING', 'PAUSED');
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'CANCELLING', cancelled_by = $3, ${STOP_WORKING} WHERE id = $1`,
      [runId, this.clock.now(), actor.id],
    );
    return 'CANCELLING';
  }

  /**
   * Marks the customers that are left and ends the run; false, doing nothing, when it is not being cancelled, or while somebody else judges or marks
   * its members. Waits for sets under way: what they have done is done.
   */
  async finishCancelling(runId: string): Promise<boolean> {
    if (!(await this.claimMembers(runId))) return false;
    const run = await this.find(runId);
    if (run?.state !== 'CANCELLING') return false;
    await this.transaction.execute(
      `UPDATE anonymization_run_item SET state = 'CANCELLED' WHERE run_id = $1 AND state = 'READY'`,
      [runId],
    );
    const actor = { id: run.cancelled_by!, role: Role.ADMINISTRATOR };
    await this.end(runId, 'CANCELLED', actor, await this.counts(runId));
    return true;
  }

  /** Writes down which previews are too old; gives their number. */
  expirePreviews(): Promise<number> {
    return this.transaction.execute(`UPDATE anonymization_run r SET state = 'EXPIRED' WHERE ${isExpired('$1', '$2')}`, [
      this.clock.now(),
      this.config.previewHours,
    ]);
  }

  private async end(
    runId: string,
    state: 'COMPLETED' | 'CANCELLED',
    actor: Employee,
    counts: Readonly<Record<string, number>>,
  ): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = $3, finished_at = $2, ${STOP_WORKING} WHERE id = $1`,
      [runId, this.clock.now(), state],
    );
    await this.record(`ANONYMIZATION_RUN_${state}`, runId, actor, { counts });
  }

  /** False while another transaction judges or marks the members of the run. */
  private async claimMembers(runId: string): Promise<boolean> {
    const [row] = await this.transaction.query<{ claimed: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed',
      [runId],
    );
    return row!.claimed;
  }

  private async counts(runId: string): Promise<Record<string, number>> {
    const rows = await this.transaction.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 GROUP BY state',
      [runId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Not FOR UPDATE, which would wait for a preview: new items lock the key of their run. */
  private async lock(runId: string): Promise<StoredRun> {
    const run = await this.find(runId, 'FOR NO KEY UPDATE');
    if (run === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
    return run;
  }

  private async find(runId: string, strength = ''): Promise<StoredRun | undefined> {
    const [run] = await this.transaction.query<StoredRun>(
      `SELECT r.id, ${stateAt('$2', '$3')} AS state, r.selection_id, r.created_by, r.cancelled_by
       FROM anonymization_run r WHERE r.id = $1 ${strength}`,
      [runId, this.clock.now(), this.config.previewHours],
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
      `SELECT FROM anonymization_run WHERE selection_id = $1 AND started_at IS NOT NULL AND state IN ('RUNNING', 'PAUSED', 'CANCELLING')`,
      [run.selection_id],
    );
    if (active.length > 0) throw new DomainError('RUN_ALREADY_ACTIVE');
  }

  private record(
    action: AuditAction & `ANONYMIZATION_RUN_${string}`,
    runId: string,
    actor: Employee,
    details: Readonly<Record<string, unknown>> = {},
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

function requireState({ state }: StoredRun, ...expected: readonly RunState[]): void {
  if (!expected.includes(state)) throw new DomainError('RUN_STATE_CONFLICT', { state });
}
