import { Injectable } from '@nestjs/common';
import { BackgroundWorker } from '../../../platform/background/background-worker';
import { HealthSignals } from '../../../platform/health/health-signals';
import { Logger } from '../../../platform/logging/logger';
import { CheckpointAlarm } from './checkpoint-alarm';
import { RunAlarm } from './run-alarm';

const REST_MS = 10_000;

/** Looks every ten seconds for what ought to go on by itself and does not. */
@Injectable()
export class AlarmWorker extends BackgroundWorker {
  constructor(
    private readonly checkpoint: CheckpointAlarm,
    private readonly run: RunAlarm,
    logger: Logger,
    health: HealthSignals,
  ) {
    super(REST_MS, 'alarms_unchecked', logger, health);
  }

  protected override async round(): Promise<boolean> {
    await this.checkpoint.look();
    await this.run.look();
    return false;
  }
}
