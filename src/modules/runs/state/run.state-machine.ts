import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { Role } from '../../../kernel/role';
import type { Actor } from '../../../platform/auth/actor';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { type AuditAction, AuditLog } from '../../audit';
import { countCustomers } from '../../customer';
import { isActiveAdministrator } from '../../employee';
import { findSelectionName, lockSelection } from '../../selection';
import type { RunSubject } from '../commands/create-run/create-run.command';
import type { Justification } from '../../anonymization';
import { candidatesNamedBySelection, namedMembers } from './named-members';
import {
  ANALYZE_CANDIDATES,
  CREATE_CANDIDATES,
  FREEZE_AND_CHECK,
  INDEX_CANDIDATES,
  INSERT_CANDIDATES,
} from '../queries/candidates.queries';
import { isPauseExpired, isPreviewExpired, type RunState, stateAt } from './run-state';

export interface StoredRun {
  readonly id: string;
  readonly state: RunState;
  readonly selection_id: string | null;
  readonly created_by: string;
  readonly started_by: string | null;
  readonly cancelled_by: string | null;
}

interface Employee {
  readonly id: string | null;
  readonly role: string | null;
}

/** The actor of automatic changes. */
const NOBODY: Employee = { id: null, role: null };

/**
 * Adds the time since the run started working to its total; $2 instant. Pauses do not count; the time without a running
 * process does.
 */
const STOP_WORKING = `working_since = NULL,
  worked_ms = worked_ms + coalesce(extract(epoch FROM $2::timestamptz - working_since) * 1000, 0)::bigint`;

/**
 * Changes the state of a run in the transaction in progress. Each change by an employee is audited in it. A
 * cancellation is audited when it is complete, with its counts and the employee who requested it.
 */
@Injectable()
export class RunStateMachine {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly config: LetheConfig,
  ) {}

  /** @throws DomainError `SELECTION_NOT_FOUND`, `CUSTOMER_NOT_FOUND` */
  async create(subject: RunSubject, actor: Actor): Promise<string> {
    await this.requireExistingSubject(subject);
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
   * Checks the members of a run in PREVIEWING; false, without any change, when another worker does so. The run itself
   * is not locked, so that it can be cancelled meanwhile.
   */
  async preview(runId: string): Promise<boolean> {
    const run = (await this.claimMembers(runId)) ? await this.find(runId) : undefined;
    if (run?.state !== 'PREVIEWING') return false;
    const instant = this.clock.now();
    // joins a million members in memory instead of temporary files
    await this.transaction.query(`SET LOCAL work_mem = '64MB'`);
    await this.transaction.execute(CREATE_CANDIDATES);
    await this.transaction.execute(INSERT_CANDIDATES, [runId]);
    await this.transaction.execute(INDEX_CANDIDATES);
    await this.transaction.execute(ANALYZE_CANDIDATES);
    await this.transaction.execute(FREEZE_AND_CHECK, [
      runId,
      this.clock.today(instant),
      this.config.recentInvoiceMonths,
    ]);
    const named = await candidatesNamedBySelection(this.transaction, run.selection_id);
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'PREVIEWED', previewed_at = $2, named_in_selection = $3
       WHERE id = $1 AND state = 'PREVIEWING'`,
      [runId, instant, named],
    );
    return true;
  }

  /**
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `FOUR_EYES_REQUIRED`, `PREVIEW_EXPIRED`, `RUN_STATE_CONFLICT`,
   *   `RUN_ALREADY_ACTIVE`, `CONFIRMATION_MISMATCH`, `REFERENCE_NAMES_CUSTOMER`
   */
  async start(runId: string, confirmation: number, { reason, reference }: Justification, actor: Actor): Promise<void> {
    const run = await this.lock(runId);
    if (run.state === 'EXPIRED') throw new DomainError('PREVIEW_EXPIRED');
    requireState(run, 'PREVIEWED');
    this.requireFourEyes(run, actor);
    await this.refuseSecondRun(run);
    const ready = await this.transaction.one<{ count: number }>(
      `SELECT count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 AND state = 'READY'`,
      [runId],
    );
    if (ready.count !== confirmation) throw new DomainError('CONFIRMATION_MISMATCH');
    if (reference !== null && (await namedMembers(this.transaction, runId, reference)) > 0)
      throw new DomainError('REFERENCE_NAMES_CUSTOMER');
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'RUNNING', reason = $2, reference = $3, started_by = $4, started_at = $5,
          working_since = $5
       WHERE id = $1`,
      [runId, reason, reference, actor.id, this.clock.now()],
    );
    await this.record('ANONYMIZATION_RUN_STARTED', runId, actor, { ready: confirmation, reason, reference });
  }

  /**
   * Completes a run without READY items once its audit entries are anchored; a no-op before that, and when the run has
   * ended.
   */
  async completeWhenDone(runId: string, actor: Employee): Promise<void> {
    if ((await this.lock(runId)).state !== 'RUNNING') return;
    const counts = await this.countItems(runId);
    if ((counts.READY ?? 0) > 0 || !(await this.audit.isAnchored(runId))) return;
    await this.endRun(runId, 'COMPLETED', actor, counts);
  }

  /**
   * Takes effect within one batch, because workers read the state when they claim the next one.
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT`
   */
  async pause(runId: string, actor: Actor): Promise<RunState> {
    requireState(await this.lock(runId), 'RUNNING');
    await this.stopWorking(runId);
    await this.record('ANONYMIZATION_RUN_PAUSED', runId, actor);
    return 'PAUSED';
  }

  /** Pauses a running run whose administrator was locked or demoted; a no-op when an employee has acted meanwhile. */
  async pauseWithoutAdministrator(runId: string): Promise<boolean> {
    const run = await this.lock(runId);
    if (run.state !== 'RUNNING' || (await isActiveAdministrator(this.transaction, run.started_by!))) return false;
    await this.stopWorking(runId);
    await this.record('ANONYMIZATION_RUN_PAUSED', runId, NOBODY, { cause: 'NO_ADMINISTRATOR' });
    return true;
  }

  /**
   * Resumes a paused run in the name of the employee who resumes it: the employee becomes `startedBy` and appears in
   * the labels of the remaining customers. Locked customers get the whole lock timeout again, so that a pause costs
   * none of it.
   *
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT`, `FOUR_EYES_REQUIRED`
   */
  async resume(runId: string, actor: Actor): Promise<RunState> {
    const run = await this.lock(runId);
    requireState(run, 'PAUSED');
    if (run.started_by !== actor.id) this.requireFourEyes(run, actor);
    await this.transaction.execute(
      `UPDATE anonymization_run
       SET state = 'RUNNING', started_by = $3, working_since = $2, paused_at = NULL, cleaned_at = NULL
       WHERE id = $1`,
      [runId, this.clock.now(), actor.id],
    );
    await this.transaction.execute(
      `UPDATE anonymization_run_item SET first_deferred_at = NULL, deferred_at = NULL
       WHERE run_id = $1 AND state = 'READY' AND deferred_at IS NOT NULL`,
      [runId],
    );
    await this.record('ANONYMIZATION_RUN_RESUMED', runId, actor);
    return 'RUNNING';
  }

  /**
   * Stops the run: no further batch is claimed. A worker then cancels the remaining items and ends the run, see {@link
   * finishCancelling}.
   * @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND`, `RUN_STATE_CONFLICT`
   */
  async cancel(runId: string, actor: Actor): Promise<RunState> {
    requireState(await this.lock(runId), 'PREVIEWING', 'PREVIEWED', 'RUNNING', 'PAUSED');
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'CANCELLING', cancelled_by = $3, paused_at = NULL, ${STOP_WORKING}
       WHERE id = $1`,
      [runId, this.clock.now(), actor.id],
    );
    return 'CANCELLING';
  }

  /**
   * Cancels the remaining items and ends the run; false, without any change, when it is not being cancelled, or while
   * another worker checks or cancels its members. Waits for batches in flight; their work is kept.
   */
  async finishCancelling(runId: string): Promise<boolean> {
    if (!(await this.claimMembers(runId))) return false;
    const run = await this.find(runId);
    if (run?.state !== 'CANCELLING') return false;
    await this.cancelItems(runId);
    const actor = { id: run.cancelled_by, role: Role.ADMINISTRATOR };
    await this.endRun(runId, 'CANCELLED', actor, await this.countItems(runId));
    return true;
  }

  /** Ends a run that was paused for too long; false, without any change, when an employee has acted meanwhile. */
  async expirePaused(runId: string): Promise<boolean> {
    if (!(await this.claimMembers(runId)) || !(await this.isPausedTooLong(runId))) return false;
    await this.cancelItems(runId);
    await this.endRun(runId, 'EXPIRED', NOBODY, await this.countItems(runId));
    return true;
  }

  /** Marks previews that are too old as EXPIRED; returns their number. */
  expirePreviews(): Promise<number> {
    return this.transaction.execute(
      `UPDATE anonymization_run r SET state = 'EXPIRED' WHERE ${isPreviewExpired('$1', '$2')}`,
      [this.clock.now(), this.config.previewHours],
    );
  }

  private async endRun(
    runId: string,
    state: 'COMPLETED' | 'CANCELLED' | 'EXPIRED',
    actor: Employee,
    counts: Readonly<Record<string, number>>,
  ): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = $3, finished_at = $2, cleaned_at = NULL, ${STOP_WORKING} WHERE id = $1`,
      [runId, this.clock.now(), state],
    );
    if (state === 'EXPIRED')
      await this.record('ANONYMIZATION_RUN_CANCELLED', runId, actor, { cause: 'PAUSE_EXPIRED', counts });
    else await this.record(`ANONYMIZATION_RUN_${state}`, runId, actor, { counts });
  }

  private async stopWorking(runId: string): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run SET state = 'PAUSED', paused_at = $2, ${STOP_WORKING} WHERE id = $1`,
      [runId, this.clock.now()],
    );
  }

  /** Waits for batches in flight; their work is kept. */
  private async cancelItems(runId: string): Promise<void> {
    await this.transaction.execute(
      `UPDATE anonymization_run_item SET state = 'CANCELLED' WHERE run_id = $1 AND state = 'READY'`,
      [runId],
    );
  }

  private async isPausedTooLong(runId: string): Promise<boolean> {
    const found = await this.transaction.query(
      `SELECT FROM anonymization_run r WHERE r.id = $1 AND ${isPauseExpired('$2')} FOR NO KEY UPDATE`,
      [runId, this.clock.now()],
    );
    return found.length > 0;
  }

  private requireFourEyes(run: StoredRun, actor: Actor): void {
    if (this.config.fourEyes && run.created_by === actor.id) throw new DomainError('FOUR_EYES_REQUIRED');
  }

  /** False while another transaction checks or cancels the members of the run. */
  private async claimMembers(runId: string): Promise<boolean> {
    const row = await this.transaction.one<{ claimed: boolean }>(
      'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS claimed',
      [runId],
    );
    return row.claimed;
  }

  private async countItems(runId: string): Promise<Record<string, number>> {
    const rows = await this.transaction.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM anonymization_run_item WHERE run_id = $1 GROUP BY state',
      [runId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
  }

  /** Uses FOR NO KEY UPDATE: FOR UPDATE would wait for a preview, since new items lock the key of their run. */
  private async lock(runId: string): Promise<StoredRun> {
    const run = await this.find(runId, 'FOR NO KEY UPDATE');
    if (run === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
    return run;
  }

  private async find(runId: string, strength = ''): Promise<StoredRun | undefined> {
    const [run] = await this.transaction.query<StoredRun>(
      `SELECT r.id, ${stateAt('$2', '$3')} AS state, r.selection_id, r.created_by, r.started_by, r.cancelled_by
       FROM anonymization_run r WHERE r.id = $1 ${strength}`,
      [runId, this.clock.now(), this.config.previewHours],
    );
    return run;
  }

  private async requireExistingSubject(subject: RunSubject): Promise<void> {
    if ('selectionId' in subject) {
      const name = await findSelectionName(this.transaction, subject.selectionId);
      if (name === undefined) throw new DomainError('SELECTION_NOT_FOUND');
      return;
    }
    const known = await countCustomers(this.transaction, subject.customerIds);
    if (known < subject.customerIds.length) throw new DomainError('CUSTOMER_NOT_FOUND');
  }

  /** Refuses a second active run of the selection. The unique index enforces the same for two concurrent starts. */
  private async refuseSecondRun(run: StoredRun): Promise<void> {
    if (run.selection_id === null) return;
    await lockSelection(this.transaction, run.selection_id);
    const active = await this.transaction.query(
      `SELECT FROM anonymization_run WHERE selection_id = $1 AND started_at IS NOT NULL
          AND state IN ('RUNNING', 'PAUSED', 'CANCELLING')`,
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
