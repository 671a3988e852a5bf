import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CONTENT_STORE } from '../archive-tokens';
import type { ContentStore } from '../storage/content-store';

export interface SweptCounts {
  readonly removed: number;
  /** named by no document, and left alone nevertheless */
  readonly spared: number;
}

/** Longer than any upload or import takes: what is being written now is younger. */
const STRANDED_AFTER_MS = 24 * 60 * 60 * 1000;

const BATCH = 1_000;

/** So many strangers, when they are also the majority, are no remains of broken uploads. */
const SUSPICIOUS = 100;

/**
 * Contents that no document names: of uploads and imports that were killed between the content and the commit. They are encrypted, and removed after a
 * day.
 *
 * A store that mostly belongs to somebody else is not touched: it is the folder of another database.
 */
@Injectable()
export class StrandedContents {
  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<SweptCounts> {
    await this.store.clearAbandoned();
    const strangers: string[] = [];
    let named = 0;
    for await (const contentIds of this.oldContents()) {
      const unnamed = await this.unnamedOf(contentIds);
      named += contentIds.length - unnamed.length;
      strangers.push(...unnamed);
    }
    if (strangers.length >= SUSPICIOUS && strangers.length > named) return { removed: 0, spared: strangers.length };
    for (const contentId of strangers) await this.store.remove(contentId);
    return { removed: strangers.length, spared: 0 };
  }

  private async *oldContents(): AsyncGenerator<string[]> {
    const youngest = this.clock.now().getTime() - STRANDED_AFTER_MS;
    let batch: string[] = [];
    for await (const contentId of this.store.list()) {
      if ((bornAt(contentId) ?? Infinity) > youngest) continue;
      batch.push(contentId);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  private async unnamedOf(contentIds: readonly string[]): Promise<string[]> {
    const rows = await this.transaction.run(() =>
      this.transaction.query<{ id: string }>(
        `SELECT s.id FROM unnest($1::uuid[]) AS s(id)
         WHERE NOT EXISTS (SELECT FROM archive_document d WHERE d.content_id = s.id)`,
        [contentIds],
      ),
    );
    return rows.map(({ id }) => id);
  }
}

/** A UUID v7 begins with the milliseconds since 1970; of any other id nobody knows the age. */
const bornAt = (id: string): number | null =>
  id.charAt(14) === '7' ? parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : null;
