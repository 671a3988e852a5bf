import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseAccess } from '../../../platform/database/connection';
import { DATABASE_ACCESS } from '../../../platform/database/database.module';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import type { CheckpointExport } from '../ledger/checkpoint-export';
import { CheckpointExports } from '../ledger/checkpoint-exports';
import { BATCH, SequencerSession } from './sequencer-session';

const IDLE_MS = 200;
/** While a run works: fewer and larger batches leave it more of the disk and the processor. */
const BUSY_MS = 600;
const MANY = 100;
const CANDIDATE_MS = 1_000;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;
const WARNING = 'AUDIT_SEQUENCER_INTERRUPTED';

/**
 * Gives every entry of the log its place: gapless, ascending from 1, by one process at a time. It is done after the entries' own transactions,
 * because numbering inside them would make all writers queue (architecture section 4). What has a place is exported to the ledger and signed.
 */
@Injectable()
export class Sequencer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private work: Promise<void> | undefined;
  private backoff = FIRST_BACKOFF_MS;

  constructor(
    @Inject(DATABASE_ACCESS) private readonly access: DatabaseAccess,
    private readonly health: HealthSignals,
    private readonly logger: Logger,
    private readonly exports: CheckpointExports,
  ) {}

  onApplicationBootstrap(): void {
    this.work ??= this.keepSequencing();
  }

  /** Resolves when the statement under way is done and the session closed. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.work;
  }

  private async keepSequencing(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        if (this.goesOn()) await this.sequence();
        else await this.pause(CANDIDATE_MS);
      } catch (error) {
        this.health.warn(WARNING);
        this.logger.failure('audit_sequencer_interrupted', error);
        await this.pause(this.backoff);
        this.backoff = Math.min(this.backoff * 2, LONGEST_BACKOFF_MS);
      }
    }
  }

  /** Until it is stopped, the session is lost, or the product must not serve. */
  private async sequence(): Promise<void> {
    const session = await SequencerSession.open(this.access.as('lethe_sequencer'));
    let checkpoints: CheckpointExport | null = null;
    try {
      while (this.goesOn()) {
        const leads = await session.isLeader();
        if (leads) checkpoints ??= await this.exports.begin(session);
        if (leads && checkpoints === null) return;
        const sequenced = checkpoints === null ? 0 : await this.sequenceBatch(session, checkpoints);
        this.backoff = FIRST_BACKOFF_MS;
        this.health.warn(WARNING, false);
        if (sequenced < BATCH) await this.pause(leads ? restAfter(sequenced) : CANDIDATE_MS);
      }
    } finally {
      await checkpoints?.close();
      await session.close();
    }
  }

  private async sequenceBatch(session: SequencerSession, checkpoints: CheckpointExport): Promise<number> {
    const batch = await session.sequenceBatch();
    await checkpoints.bringUpToDate(batch);
    return batch.entries.length;
  }

  private goesOn(): boolean {
    return !this.stopping.signal.aborted && this.health.faults.length === 0;
  }

  private pause(milliseconds: number): Promise<void> {
    return delay(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

const restAfter = (sequenced: number): number => (sequenced > MANY ? BUSY_MS : IDLE_MS);
