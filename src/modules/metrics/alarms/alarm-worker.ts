import { Injectable } from '@nestjs/common';
import { PeriodicTask, seconds } from '../../../platform/background/periodic-task';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { CheckpointAlarm } from './checkpoint-alarm';
import { RunAlarm } from './run-alarm';

/** Checks every ten seconds that checkpoints and runs make progress. */
@Injectable()
export class AlarmWorker extends PeriodicTask {
  constructor(
    private readonly checkpoint: CheckpointAlarm,
    private readonly run: RunAlarm,
    logger: Logger,
    health: HealthSignals,
  ) {
    super({ every: seconds(10), failure: 'alarm_check_failed' }, health, logger);
  }

  protected override async round(): Promise<boolean> {
    await this.checkpoint.check();
    await this.run.check();
    return true;
  }
}
