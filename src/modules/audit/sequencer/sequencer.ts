import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { DatabaseAccess } from '../../../platform/database/connection';
import { DATABASE_ACCESS } from '../../../platform/database/database.module';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { BATCH, SequencerSession } from './sequencer-session';

const IDLE_MS = 200;
const CANDIDATE_MS = 1_000;
const FIRST_BACKOFF_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;
const WARNING = 'AUDIT_SEQUENCER_INTERRUPTED';

/**
 * Gives every entry of the log its place: gapless, ascending from 1, by one process at a time. It is done after the entries' own transactions,
 * because numbering inside them would make all writers queue (architecture section 4).
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
        await this.sequence();
      } catch (error) {
        this.health.warn(WARNING);
        this.logger.failure('audit_sequencer_interrupted', error);
        await this.pause(this.backoff);
        this.backoff = Math.min(this.backoff * 2, LONGEST_BACKOFF_MS);
      }
    }
  }

  /** Until it is stopped, or the session is lost. */
  private async sequence(): Promise<void> {
    const session = await SequencerSession.open(this.access.as('lethe_sequencer'));
    try {
      while (!this.stopping.signal.aborted) {
        const leads = await session.isLeader();
        const sequenced = leads ? await session.sequenceBatch() : 0;
        this.backoff = FIRST_BACKOFF_MS;
        this.health.warn(WARNING, false);
        if (sequenced < BATCH) await this.pause(leads ? IDLE_MS : CANDIDATE_MS);
      }
    } finally {
      await session.close();
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return delay(milliseconds, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}
