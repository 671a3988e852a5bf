import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { Logger } from '../../../platform/logging/logger';
import { Outbox, type OutboxEntry } from '../../../platform/outbox/outbox';
import { CONTENT_STORE } from '../archive-tokens';
import type { ContentStore } from '../storage/content-store';
import { REMOVE_CONTENT } from './removal-message';

/** Few enough to keep row locks short, many enough to justify the scan over the index's dead entries. */
const MAX_CONTENTS_PER_BATCH = 500;

/** Concurrent removals. More would delay the other work of the process. */
const MAX_PARALLEL_REMOVALS = 10;

type Removal = OutboxEntry<{ readonly contentId: string }>;

/** Removes contents whose documents are deleted, as the outbox requests. Idempotent: a content may be removed twice. */
@Injectable()
export class ContentRemovals {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly outbox: Outbox,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    private readonly logger: Logger,
  ) {}

  /** Processes removals that are due; true when there may be more. */
  removeDueContents(): Promise<boolean> {
    return this.transaction.run(async () => {
      const removals = await this.outbox.claimDue<Removal['payload']>(REMOVE_CONTENT, MAX_CONTENTS_PER_BATCH);
      if (removals.length === 0) return false;
      const failed = await this.remove(removals);
      await this.outbox.remove(idsOf(removals.filter((removal) => !failed.includes(removal))));
      await this.outbox.defer(idsOf(failed));
      return removals.length === MAX_CONTENTS_PER_BATCH;
    });
  }

  /** Returns the removals that failed. */
  private async remove(removals: readonly Removal[]): Promise<readonly Removal[]> {
    const failed: Removal[] = [];
    for (let done = 0; done < removals.length; done += MAX_PARALLEL_REMOVALS) {
      const next = removals.slice(done, done + MAX_PARALLEL_REMOVALS);
      const results = await Promise.allSettled(next.map(({ payload }) => this.store.remove(payload.contentId)));
      results.forEach((result, index) => {
        if (result.status === 'fulfilled') return;
        failed.push(next[index]!);
        this.logger.failure('content_removal_failed', result.reason);
      });
    }
    return failed;
  }
}

const idsOf = (removals: readonly Removal[]): string[] => removals.map(({ id }) => id);
