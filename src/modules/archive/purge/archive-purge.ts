import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import type { DatabaseAccess } from '../../../platform/database/connection';
import { DATABASE_ACCESS } from '../../../platform/database/database.module';
import { PurgeSession } from './purge-session';

export interface PurgedCounts {
  readonly customers: number;
  readonly documents: number;
}

/** Customers per transaction. */
const CUSTOMERS_PER_BATCH = 100;

/**
 * Deletes documents and sealed copies of anonymized customers once their retention has ended, with their contents, keys
 * and envelopes. For customers who are not anonymized the period is a minimum, not a deletion date
 * (docs/adr/0011-purge-only-documents-of-anonymized-customers.md).
 */
@Injectable()
export class ArchivePurge {
  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns what was purged, or null when another process is purging. It may be interrupted between two batches; the
   * next run resumes.
   */
  async purgeDue(signal?: AbortSignal): Promise<PurgedCounts | null> {
    const session = await PurgeSession.open(this.access.as('lethe_purge'));
    try {
      if (!(await session.isAlone())) return null;
      const today = this.clock.today();
      const due = await session.findDueCustomers(today);
      let customers = 0;
      let documents = 0;
      while (customers < due.length && signal?.aborted !== true) {
        const batch = due.slice(customers, customers + CUSTOMERS_PER_BATCH);
        documents += await session.purge(batch, today, this.clock.now());
        customers += batch.length;
      }
      if (customers === due.length) await session.deleteDueEnvelopes(today);
      return { customers, documents };
    } finally {
      await session.close();
    }
  }
}
