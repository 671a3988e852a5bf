import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { Logger } from '../../../platform/logging/logger';
import { CONTENT_STORE } from '../archive-tokens';
import type { ContentStore } from '../storage/content-store';

const TOPIC = 'archive.remove-content';

/** So few that their rows are not locked for long, so many that the walk over the index's dead entries pays. */
const BATCH = 500;

/** Removals at a time: more would keep what else the process serves waiting. */
const AT_A_TIME = 10;

const LONGEST_WAIT_SECONDS = 60 * 60;

interface Removal {
  readonly id: string;
  readonly content_id: string;
  readonly attempts: number;
}

/** Removes contents whose documents are gone, as the outbox says. Idempotent: what is removed twice is gone. */
@Injectable()
export class ContentRemovals {
  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    private readonly logger: Logger,
  ) {}

  /** Carries out what is due and nobody else is at; true when there may be more. */
  once(): Promise<boolean> {
    return this.transaction.run(async () => {
      const removals = await this.claim();
      if (removals.length === 0) return false;
      const failed = await this.remove(removals);
      await this.finish(removals.filter((removal) => !failed.includes(removal)));
      await this.defer(failed);
      return removals.length === BATCH;
    });
  }

  /** Those that could not be removed. */
  private async remove(removals: readonly Removal[]): Promise<readonly Removal[]> {
    const failed: Removal[] = [];
    for (let done = 0; done < removals.length; done += AT_A_TIME) {
      const next = removals.slice(done, done + AT_A_TIME);
      const results = await Promise.allSettled(next.map(({ content_id }) => this.store.remove(content_id)));
      results.forEach((result, index) => {
        if (result.status === 'fulfilled') return;
        failed.push(next[index]!);
        this.logger.failure('content_removal_failed', result.reason);
      });
    }
    return failed;
  }

  private claim(): Promise<Removal[]> {
    return this.transaction.inIndexOrder(() =>
      this.transaction.query<Removal>(
        `SELECT id, payload ->> 'contentId' AS content_id, attempts FROM outbox
         WHERE topic = $1 AND due_at <= now() ORDER BY due_at, id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
        [TOPIC],
      ),
    );
  }

  private async finish(removals: readonly Removal[]): Promise<void> {
    await this.transaction.execute('DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [removals.map(({ id }) => id)]);
  }

  /** Tried again after 2, 4, 8 … seconds, at most an hour; in the database's time, as the rows are written in. */
  private async defer(removals: readonly Removal[]): Promise<void> {
    if (removals.length === 0) return;
    await this.transaction.execute(
      `UPDATE outbox SET attempts = attempts + 1, due_at = now() + least(2 ^ (attempts + 1), ${LONGEST_WAIT_SECONDS}) * interval '1 second'
       WHERE id = ANY ($1::bigint[])`,
      [removals.map(({ id }) => id)],
    );
  }
}
