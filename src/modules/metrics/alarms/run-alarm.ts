import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock';
import { HealthSignals } from '../../../platform/health/health-signals';
import { RunStandings } from '../run-standings';

const STALLED_MS = 10 * 60_000;

/**
 * Raises `RUN_STALLED` when a run that is not paused has made no progress for ten minutes, counted from the start of
 * the process at the earliest.
 */
@Injectable()
export class RunAlarm {
  private readonly since: Date;

  constructor(
    private readonly standings: RunStandings,
    private readonly clock: Clock,
    private readonly health: HealthSignals,
  ) {
    this.since = clock.now();
  }

  async look(): Promise<void> {
    const running = await this.standings.running();
    const limit = this.clock.now().getTime() - STALLED_MS;
    const stalled = running.some(({ progressAt }) => Math.max(progressAt.getTime(), this.since.getTime()) < limit);
    this.health.warn('RUN_STALLED', stalled);
  }
}
