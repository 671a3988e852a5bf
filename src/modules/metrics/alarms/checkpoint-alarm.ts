import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { HealthSignals } from '../../../platform/health/health-signals';
import { LogStandings } from '../log-standings';

const STALE_MS = 60_000;

/**
 * Raises `AUDIT_CHECKPOINT_STALE` when an entry has waited for more than a minute for a signed and exported checkpoint.
 * Two checks must find the entry waiting, because a long transaction commits entries that are already old.
 */
@Injectable()
export class CheckpointAlarm {
  private seen: string | null = null;

  constructor(
    private readonly standings: LogStandings,
    private readonly clock: Clock,
    private readonly health: HealthSignals,
  ) {}

  async look(): Promise<void> {
    const waiting = await this.standings.oldestUncovered();
    const isStale = waiting !== null && this.clock.now().getTime() - waiting.writtenAt.getTime() > STALE_MS;
    this.health.warn('AUDIT_CHECKPOINT_STALE', isStale && waiting.id === this.seen);
    this.seen = waiting?.id ?? null;
  }
}
