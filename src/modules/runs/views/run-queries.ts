import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { Clock } from '../../../platform/clock/clock';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, sortKeyOf } from '../../../platform/http/page';
import type { Reason } from '../../anonymization';
import { SELECT_RUN } from '../queries/read-runs.queries';
import type { ReadRunsRequest } from '../queries/read-runs/read-runs.request';
import { type ITEM_COUNTS, type ItemState, type RunKind, type RunState, stateAt } from '../state/run-state';
import type { RunResponse } from './run.response';

interface RunRow {
  readonly id: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly reason: Reason | null;
  readonly reference: string | null;
  readonly createdBy: string;
  readonly startedBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly workedMs: number;
  readonly namedInSelection: number;
  readonly counts: Partial<Record<ItemState, number>> | null;
}

/** Reads runs as the API shows them. Counts are taken from the items each time, so that they are always exact. */
@Injectable()
export class RunQueries {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
    private readonly config: LetheConfig,
  ) {}

  /** Newest first. */
  list({ limit, cursor, state }: ReadRunsRequest): Promise<Page<RunResponse>> {
    const [before] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    return this.transaction.run(async () => {
      const rows = await this.transaction.query<RunRow>(
        `${SELECT_RUN} WHERE ($3::uuid IS NULL OR r.id < $3)
            AND ($4::text[] IS NULL OR ${stateAt('$1', '$2')} = ANY ($4))
         ORDER BY r.id DESC LIMIT $5`,
        [this.clock.now(), this.config.previewHours, before, state ?? null, limit + 1],
      );
      return pageOf(rows, limit, ({ id }) => [id], present);
    });
  }

  /** @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND` */
  get(id: string): Promise<RunResponse> {
    return this.transaction.run(async () => {
      const [row] = await this.transaction.query<RunRow>(`${SELECT_RUN} WHERE r.id = $3`, [
        this.clock.now(),
        this.config.previewHours,
        id,
      ]);
      if (row === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
      return present(row);
    });
  }

  /**
   * The state alone: its cost does not depend on the number of customers. @throws DomainError
   * `ANONYMIZATION_RUN_NOT_FOUND`
   */
  stateOf(id: string): Promise<RunState> {
    return this.transaction.run(async () => {
      const [row] = await this.transaction.query<{ state: RunState }>(
        `SELECT ${stateAt('$1', '$2')} AS state FROM anonymization_run r WHERE r.id = $3`,
        [this.clock.now(), this.config.previewHours, id],
      );
      if (row === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
      return row.state;
    });
  }
}

function present({
  counts,
  createdAt,
  startedAt,
  finishedAt,
  workedMs,
  namedInSelection,
  ...run
}: RunRow): RunResponse {
  const of = (state: ItemState) => counts?.[state] ?? 0;
  const overstayed = run.state === 'EXPIRED' && startedAt !== null; // whether or not a worker has cancelled its items
  const partition: Record<(typeof ITEM_COUNTS)[ItemState], number> = {
    ready: overstayed ? 0 : of('READY'),
    blocked: of('BLOCKED'),
    alreadyAnonymized: of('ALREADY_ANONYMIZED'),
    anonymized: of('ANONYMIZED'),
    failed: of('FAILED'),
    cancelled: of('CANCELLED') + (overstayed ? of('READY') : 0),
  };
  const done = partition.anonymized + partition.failed;
  const rate = done > 0 && workedMs > 0 ? (done * 1000) / workedMs : null;
  return {
    ...run,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    counts: { total: Object.values(partition).reduce((sum, count) => sum + count, 0), ...partition },
    warnings:
      namedInSelection > 0
        ? [{ code: 'PERSONAL_VALUE_IN_SELECTION_NAME', module: 'selection', count: namedInSelection }]
        : [],
    customersPerSecond: rate === null ? null : Math.round(rate * 10) / 10,
    estimatedSecondsLeft: run.state === 'RUNNING' && rate !== null ? Math.ceil(partition.ready / rate) : null,
  };
}
