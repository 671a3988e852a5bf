import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { DomainError } from '../kernel/domain-error';
import { Role } from '../kernel/role';
import { ErasureUpkeep } from '../modules/erasure-upkeep';
import {
  AnonymizeSelection,
  CreateRun,
  hasEnded,
  RunItems,
  type RunResponse,
  UncleanedRuns,
  RunQueries,
} from '../modules/runs';
import { LogIn } from '../modules/employee';
import { findSelectionsCalled } from '../modules/selection';
import { AccessRefusals } from '../platform/auth/access-refusals';
import { AccessTokens } from '../platform/auth/access-token';
import type { Actor } from '../platform/auth/actor';
import { EmployeeDirectory } from '../platform/auth/employee-directory';
import { LetheConfig } from '../platform/config/lethe-config';
import { TransactionRunner } from '../platform/database/transaction-runner';
import type { AnonymizeOptions, AnonymizeSubject } from './anonymize-options';
import type { OperatorConsole } from './operator-console';

/** Milliseconds between two polls of a run. */
const POLL_INTERVAL_MS = 500;
/** Milliseconds that the command waits for the cleanup of dead rows. */
const CLEANUP_TIMEOUT_MS = 60_000;
const BAR_CHARACTERS = 30;

/**
 * `npm run anonymize`: uses the same commands, rules and audit entries as the API, with output for operators. The
 * workers of all processes do the work, including those of this process.
 */
export class AnonymizeProgram {
  constructor(
    private readonly app: INestApplicationContext,
    private readonly console: OperatorConsole,
    /** aborts when the operator presses Ctrl-C */
    private readonly leaving: AbortSignal,
  ) {}

  /**
   * Runs the command and returns its exit code.
   *
   * @param password of the employee
   * @throws DomainError the errors of the API, `SELECTION_AMBIGUOUS` and `CONFIRMATION_NEEDED`
   */
  async anonymizeSelection(options: AnonymizeOptions, password: string): Promise<number> {
    const employee = await this.logIn(options.username, password);
    const runId = await this.findOrCreateRun(options.subject, await employee());
    const run = await this.waitForPreview(runId);
    if (run.state === 'EXPIRED') throw new DomainError('PREVIEW_EXPIRED');
    if (run.state !== 'PREVIEWED') throw new DomainError('RUN_STATE_CONFLICT', { state: run.state });
    await this.showPreview(run);
    if (options.justification === null) return this.end(`Nothing was changed. ${this.howToStart(runId)}`);
    const actor = await employee();
    if (this.app.get(LetheConfig).fourEyes && run.createdBy === actor.id)
      return this.end(`Another administrator must start it. ${this.howToStart(runId)}`);
    if (run.counts.ready === 0) return this.end('No customer is ready; nothing was changed.');
    const confirmation = options.confirmation ?? (await this.confirm(run.counts.ready));
    await this.app
      .get(CommandBus)
      .execute(new AnonymizeSelection(runId, confirmation, options.justification, await employee()));
    this.console.line(`Run ${runId} started.`);
    const finished = await this.waitForEnd(runId);
    this.showResult(finished);
    await this.waitForCleanup(runId);
    return finished.counts.failed + finished.counts.cancelled > 0 ? 3 : 0;
  }

  /**
   * Returns a function that loads the acting employee. Each command calls it, as the API does on each request, so that
   * a role change or a lock takes effect immediately.
   */
  private async logIn(username: string, password: string): Promise<() => Promise<Actor>> {
    const session = await this.app.get(CommandBus).execute(new LogIn(username, password, 'command line'));
    const bearer = session && (await this.app.get(AccessTokens).verify(session.accessToken));
    if (bearer === null) throw new DomainError('INVALID_CREDENTIALS');
    return async () => {
      const actor = await this.app.get(EmployeeDirectory).findActive(bearer.employeeId, bearer.issuedAt);
      if (actor === null) throw new DomainError('INVALID_CREDENTIALS');
      if (actor.role === Role.ADMINISTRATOR) return actor;
      await this.app.get(AccessRefusals).record({ actor, method: 'COMMAND', route: 'anonymize' });
      throw new DomainError('FORBIDDEN');
    };
  }

  private async findOrCreateRun(subject: AnonymizeSubject, actor: Actor): Promise<string> {
    if ('runId' in subject) return subject.runId;
    const selectionId =
      'selectionId' in subject ? subject.selectionId : await this.findSelectionCalled(subject.selection);
    const { id } = await this.app.get(CommandBus).execute(new CreateRun({ selectionId }, actor));
    return id;
  }

  private async findSelectionCalled(name: string): Promise<string> {
    const transaction = this.app.get(TransactionRunner);
    const ids = await transaction.run(() => findSelectionsCalled(transaction, name));
    if (ids.length > 1) throw new DomainError('SELECTION_AMBIGUOUS', { ids: ids.join(', ') });
    if (ids[0] === undefined) throw new DomainError('SELECTION_NOT_FOUND');
    return ids[0];
  }

  private waitForPreview(runId: string): Promise<RunResponse> {
    return this.watch(runId, ({ state }) => {
      if (state === 'PREVIEWING') this.console.progress('Checking customers …');
      return state !== 'PREVIEWING';
    });
  }

  private async showPreview({ id, counts }: RunResponse): Promise<void> {
    this.console.line(`Run ${id}`);
    this.console.line(`customers ${counts.total}, ready ${counts.ready}, blocked ${counts.blocked}`);
    for (const { code, customers, earliestClearsOn } of await this.app.get(RunItems).countBlockersByCode(id))
      this.console.line(
        `  ${code}: ${customers}, ` +
          (earliestClearsOn === null ? 'must be resolved' : `the first clears on ${earliestClearsOn}`),
      );
  }

  private howToStart(runId: string): string {
    return `To start the previewed run: npm run anonymize -- --run ${runId} --as USERNAME --reason REASON`;
  }

  private async confirm(ready: number): Promise<number> {
    if (!this.console.isInteractive) throw new DomainError('CONFIRMATION_NEEDED');
    const answer = await this.console.ask(
      `This cannot be undone. To anonymize these customers, type how many there are (${ready}): `,
    );
    return /^\d{1,9}$/.test(answer.trim()) ? Number(answer) : -1;
  }

  private waitForEnd(runId: string): Promise<RunResponse> {
    return this.watch(runId, (run) => {
      this.console.progress(progressOf(run));
      return hasEnded(run.state);
    });
  }

  private showResult({ state, counts, customersPerSecond }: RunResponse): void {
    const { anonymized, blocked, failed, cancelled } = counts;
    this.console.line(
      `${state}: anonymized ${anonymized}, blocked ${blocked}, failed ${failed}, cancelled ${cancelled}` +
        (customersPerSecond === null ? '' : `, ${customersPerSecond} customers/s`),
    );
  }

  private async waitForCleanup(runId: string): Promise<void> {
    const runs = this.app.get(UncleanedRuns);
    this.app.get(ErasureUpkeep).wake();
    for (const until = performance.now() + CLEANUP_TIMEOUT_MS; performance.now() < until; await this.pause()) {
      if (await runs.isCleaned(runId)) return this.console.line('Dead rows and statistics are cleaned up.');
      this.console.progress('Cleaning up dead rows and statistics …');
    }
    this.console.line('Old values are still readable in dead rows; the product cleans them up as soon as it can.');
  }

  private async watch(runId: string, isOver: (run: RunResponse) => boolean): Promise<RunResponse> {
    for (;;) {
      const run = await this.app.get(RunQueries).get(runId);
      if (isOver(run)) return run;
      await this.pause();
    }
  }

  private pause(): Promise<void> {
    return delay(POLL_INTERVAL_MS, undefined, { signal: this.leaving });
  }

  private end(line: string): number {
    this.console.line(line);
    return 0;
  }
}

function progressOf({ state, counts, customersPerSecond, estimatedSecondsLeft }: RunResponse): string {
  const done = counts.anonymized + counts.failed + counts.cancelled;
  const share = counts.ready === 0 ? 1 : done / (done + counts.ready);
  const filled = Math.round(share * BAR_CHARACTERS);
  return [
    `[${'#'.repeat(filled)}${'.'.repeat(BAR_CHARACTERS - filled)}] ${Math.floor(share * 100)} %`,
    `${counts.anonymized} anonymized, ${counts.ready} to do`,
    ...(state === 'RUNNING' ? [] : [state]),
    ...(customersPerSecond === null ? [] : [`${customersPerSecond}/s`]),
    ...(estimatedSecondsLeft === null ? [] : [`${estimatedSecondsLeft} s left`]),
  ].join(', ');
}
