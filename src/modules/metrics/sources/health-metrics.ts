import { Injectable } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { HealthSignals } from '../../../platform/health/health-signals';
import { labelledGauge } from '../gauge';
import type { MetricSource } from '../metric-source';

/** Omits codes that this process has never raised. A cleared code is exported as 0. */
@Injectable()
export class HealthMetrics implements MetricSource {
  readonly name = 'health';

  constructor(private readonly signals: HealthSignals) {}

  read(): Promise<readonly Metric[]> {
    return Promise.resolve([
      signalsOf('lethe_fault', '1 while the fault lasts; /health/ready lists it.', this.signals.knownFaults),
      signalsOf('lethe_warning', '1 while the warning lasts; /health/ready lists it.', this.signals.knownWarnings),
    ]);
  }
}

const signalsOf = (name: string, help: string, codes: ReadonlyMap<string, boolean>): Metric =>
  labelledGauge(
    name,
    help,
    ['code'],
    [...codes].sort().map(([code, present]) => [[code], Number(present)]),
  );
