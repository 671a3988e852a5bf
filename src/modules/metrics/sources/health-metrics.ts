import { Injectable } from '@nestjs/common';
import { HealthSignals } from '../../../platform/health/health-signals';
import type { Metric } from '../exposition';
import type { MetricSource } from '../metric-source';

/** Codes that this process has never raised are not there; one that was taken back is 0. */
@Injectable()
export class HealthMetrics implements MetricSource {
  readonly name = 'health';

  constructor(private readonly signals: HealthSignals) {}

  read(): Promise<readonly Metric[]> {
    return Promise.resolve([
      metricOf('lethe_fault', 'Why the product does not serve (1), as /health/ready says.', this.signals.knownFaults),
      metricOf('lethe_warning', 'What is to be put right (1), as /health/ready says.', this.signals.knownWarnings),
    ]);
  }
}

const metricOf = (name: string, help: string, codes: ReadonlyMap<string, boolean>): Metric => ({
  name,
  help,
  type: 'gauge',
  labelNames: ['code'],
  samples: [...codes].sort().map(([code, present]) => ({ labels: { code }, value: Number(present) })),
});
