import { Inject, Injectable } from '@nestjs/common';
import { inBatches } from '../../../platform/batches';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { millisecondsOf } from '../../../platform/ids';
import { CONTENT_STORE } from '../archive-tokens';
import type { ContentStore } from '../storage/content-store';

export interface SweptCounts {
  readonly removed: number;
  /** contents that no document names and that were not removed */
  readonly spared: number;
  /** documents whose content the store does not have */
  readonly missing: number;
}

/** Longer than any upload or import takes, and long enough to notice that the wrong backup was restored. */
const STRANDED_AFTER_MS = 24 * 60 * 60 * 1000;

const CONTENTS_PER_BATCH = 1_000;

/** From this number on, unknown contents that are also the majority are not residue of broken uploads. */
const MIN_SUSPICIOUS_CONTENTS = 100;

/**
 * Removes contents that no document names, left by uploads and imports that were killed between content and commit.
 * They are encrypted, and removed after a day without a document. The day counts from the first sweep that found them
 * stranded, because a restored database loses documents whose contents may be old.
 *
 * Nothing is removed while store and database do not belong together: when most contents are unknown, or contents of
 * documents are missing.
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
    const expected = await this.countNamed();
    const unnamedContents: string[] = [];
    let named = 0;
    for await (const contentIds of inBatches(this.store.list(), CONTENTS_PER_BATCH)) {
      const unnamed = new Set(await this.findUnnamed(contentIds));
      named += contentIds.length - unnamed.size;
      unnamedContents.push(...[...unnamed].filter((contentId) => this.isOld(contentId)));
    }
    // counts again: documents that were deleted meanwhile have no missing content
    const missing = Math.max(Math.min(expected, await this.countNamed()) - named, 0);
    const isForeign = unnamedContents.length >= MIN_SUSPICIOUS_CONTENTS && unnamedContents.length > named;
    if (isForeign || missing > 0) return { removed: 0, spared: unnamedContents.length, missing };
    const stranded = await this.findStrandedForADay(unnamedContents);
    for (const contentId of stranded) await this.store.remove(contentId);
    return { removed: stranded.length, spared: 0, missing };
  }

  /** Whether the content is too old to belong to a write in progress. */
  private isOld(contentId: string): boolean {
    return (bornAt(contentId) ?? Infinity) <= this.clock.now().getTime() - STRANDED_AFTER_MS;
  }

  /**
   * Counts documents whose content is in the store. It is called before the store is listed, since contents are written
   * before their documents.
   */
  private async countNamed(): Promise<number> {
    const [row] = await this.transaction.queryAlone<{ documents: number }>(
      `SELECT count(*)::int AS documents
       FROM archive_document
       WHERE content_id IS NOT NULL AND sealed_content IS NULL`,
    );
    return row!.documents;
  }

  private async findUnnamed(contentIds: readonly string[]): Promise<string[]> {
    const rows = await this.transaction.queryAlone<{ id: string }>(
      `SELECT s.id FROM unnest($1::uuid[]) AS s(id)
       WHERE NOT EXISTS (SELECT FROM archive_document d WHERE d.content_id = s.id)`,
      [contentIds],
    );
    return rows.map(({ id }) => id);
  }

  /** Remembers these contents as stranded and forgets all others. Returns those remembered for a day. */
  private findStrandedForADay(contentIds: readonly string[]): Promise<string[]> {
    const now = this.clock.now();
    return this.transaction.run(async () => {
      await this.transaction.execute('DELETE FROM stranded_content WHERE content_id <> ALL ($1::uuid[])', [contentIds]);
      await this.transaction.execute(
        `INSERT INTO stranded_content (content_id, first_seen_at)
         SELECT id, $2 FROM unnest($1::uuid[]) AS id
         ON CONFLICT DO NOTHING`,
        [contentIds, now],
      );
      const rows = await this.transaction.query<{ id: string }>(
        'SELECT content_id AS id FROM stranded_content WHERE first_seen_at <= $1',
        [new Date(now.getTime() - STRANDED_AFTER_MS)],
      );
      return rows.map(({ id }) => id);
    });
  }
}

/** Milliseconds since 1970 at the start of a UUID v7; null for any other id, whose age is unknown. */
const bornAt = (id: string): number | null => (id.charAt(14) === '7' ? millisecondsOf(id) : null);
