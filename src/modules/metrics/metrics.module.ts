import { Module } from '@nestjs/common';
import { AlarmWorker } from './alarms/alarm-worker';
import { CheckpointAlarm } from './alarms/checkpoint-alarm';
import { RunAlarm } from './alarms/run-alarm';
import { LogStandings } from './log-standings';
import { METRIC_SOURCES, type MetricSource } from './metric-source';
import { MetricsAccess } from './metrics-access';
import { MetricsController } from './metrics.controller';
import { RunStandings } from './run-standings';
import { Scrape } from './scrape';
import { DatabaseMetrics } from './sources/database-metrics';
import { HealthMetrics } from './sources/health-metrics';
import { LogMetrics } from './sources/log-metrics';
import { ProcessMetrics } from './sources/process-metrics';
import { RequestMetrics } from './sources/request-metrics';
import { RunMetrics } from './sources/run-metrics';
import { VerificationMetrics } from './sources/verification-metrics';

/** `DatabaseMetrics` is first, because the other sources use connections of the pool that it measures. */
const SOURCES = [
  DatabaseMetrics,
  HealthMetrics,
  RunMetrics,
  LogMetrics,
  VerificationMetrics,
  RequestMetrics,
  ProcessMetrics,
];

/** Metrics for operators, and alarms, which raise health warnings. */
@Module({
  controllers: [MetricsController],
  providers: [
    LogStandings,
    RunStandings,
    CheckpointAlarm,
    RunAlarm,
    AlarmWorker,
    ...SOURCES,
    { provide: METRIC_SOURCES, inject: SOURCES, useFactory: (...sources: MetricSource[]) => sources },
    Scrape,
    MetricsAccess,
  ],
})
export class MetricsModule {}
