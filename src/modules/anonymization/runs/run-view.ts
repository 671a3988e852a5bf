import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CURSOR_UUID, type Page, pageOf, type PageRequest, sortKeyOf } from '../../../platform/http/page';
import { type ItemState, PREVIEW_HOURS, type RunState } from './run-state';
import type { RunResponse } from './run.response';

interface RunRow {
  readonly id: string;
  readonly kind: string;
  readonly state: RunState;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly createdBy: string;
  readonly startedBy: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly counts: Partial<Record<ItemState, number>> | null;
}

/** A preview past its time is expired, whether or not anybody has written that down. $1 instant. */
const SELECT_RUN = `
  SELECT r.id, r.kind, r.reason, r.reference, r.created_by AS "createdBy", r.started_by AS "startedBy", r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.finished_at AS "finishedAt",
    CASE WHEN r.state = 'PREVIEWED' AND r.previewed_at < $1::timestamptz - interval '${PREVIEW_HOURS} hours' THEN 'EXPIRED' ELSE r.state END AS state,
    (SELECT jsonb_object_agg(state, count) FROM (
      SELECT i.state, count(*) FROM anonymization_run_item i WHERE i.run_id = r.id GROUP BY i.state) AS by_state(state, count)) AS counts
  FROM anonymization_run r`;

/** Runs as the API shows them; counts are taken from the items each time, so they are always exact. */
@Injectable()
export class RunView {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  list({ limit, cursor }: PageRequest): Promise<Page<RunResponse>> {
    const [before] = sortKeyOf(cursor, [CURSOR_UUID]) ?? [null];
    return this.transaction.run(async () => {
      const now = this.clock.now();
      const rows = await this.transaction.query<RunRow>(
        `${SELECT_RUN} WHERE $2::uuid IS NULL OR r.id < $2 ORDER BY r.id DESC LIMIT $3`,
        [now, before, limit + 1],
      );
      return pageOf(
        rows,
        limit,
        ({ id }) => [id],
        (row) => present(row, now),
      );
    });
  }

  /** @throws DomainError `ANONYMIZATION_RUN_NOT_FOUND` */
  get(id: string): Promise<RunResponse> {
    return this.transaction.run(async () => {
      const now = this.clock.now();
      const [row] = await this.transaction.query<RunRow>(`${SELECT_RUN} WHERE r.id = $2`, [now, id]);
      if (row === undefined) throw new DomainError('ANONYMIZATION_RUN_NOT_FOUND');
      return present(row, now);
    });
  }
}

function present({ counts, createdAt, startedAt, finishedAt, ...run }: RunRow, now: Date): RunResponse {
  const of = (state: ItemState) => counts?.[state] ?? 0;
  const partition = {
    ready: of('READY'),
    blocked: of('BLOCKED'),
    alreadyAnonymized: of('ALREADY_ANONYMIZED'),
    anonymized: of('ANONYMIZED'),
    failed: of('FAILED'),
    cancelled: of('CANCELLED'),
  };
  const seconds =
    startedAt === null ? 0 : Math.max(((finishedAt ?? now).getTime() - startedAt.getTime()) / 1000, 0.001);
  const rate = startedAt === null || partition.anonymized === 0 ? null : partition.anonymized / seconds;
  return {
    ...run,
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    counts: { total: Object.values(partition).reduce((sum, count) => sum + count, 0), ...partition },
    customersPerSecond: rate === null ? null : Math.round(rate * 10) / 10,
    estimatedSecondsLeft: run.state === 'RUNNING' && rate !== null ? Math.ceil(partition.ready / rate) : null,
  };
}
