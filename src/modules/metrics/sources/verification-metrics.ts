import { Injectable } from '@nestjs/common';
import type { Metric } from 'prom-client';
import { Clock } from '../../../platform/clock/clock';
import { LogVerification } from '../../audit';
import { gauge } from '../gauge';
import type { MetricSource } from '../metric-source';

@Injectable()
export class VerificationMetrics implements MetricSource {
  readonly name = 'audit_verification';

  constructor(
    private readonly verification: LogVerification,
    private readonly clock: Clock,
  ) {}

  read(): Promise<readonly Metric[]> {
    const { last } = this.verification;
    const isValid = last === null ? null : Number(last.verdict.problem === null);
    const age = last === null ? null : (this.clock.now().getTime() - last.finishedAt.getTime()) / 1000;
    return Promise.resolve([
      gauge(
        'lethe_audit_verification_valid',
        '1 if the last verification of the audit log by this process found no problem.',
        isValid,
      ),
      gauge('lethe_audit_verification_age_seconds', 'Time since the last verification by this process.', age),
    ]);
  }
}
