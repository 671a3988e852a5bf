import { Injectable } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { Clock } from '../../../platform/clock/clock';
import { LogStandings } from '../../audit';
import { gauge } from '../gauge';
import type { MetricSource } from '../metric-source';

@Injectable()
export class LogMetrics implements MetricSource {
  readonly name = 'audit_log';

  constructor(
    private readonly standings: LogStandings,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<readonly Metric[]> {
    const { entries, pending, covered, checkpointAt } = await this.standings.read();
    const age = checkpointAt === null ? null : Math.max(0, this.clock.now().getTime() - checkpointAt.getTime()) / 1000;
    return [
      gauge('lethe_audit_log_entries', 'Entries of the audit log that have a sequence.', entries),
      gauge('lethe_audit_pending_entries', 'Entries of the audit log that wait for a sequence.', pending),
      gauge('lethe_audit_checkpoint_entries', 'Entries that the newest exported checkpoint covers.', covered),
      gauge('lethe_audit_checkpoint_age_seconds', 'Time since the newest checkpoint was exported.', age),
    ];
  }
}
