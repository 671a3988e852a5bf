import { Module } from '@nestjs/common';
import { AuditModule } from '../audit.module';
import { AuditDefences } from '../integrity/audit-defences';
import { DefenceMonitor } from '../integrity/defence-monitor';
import { DailyVerification } from '../verification/daily-verification';
import { Sequencer } from './sequencer';

/**
 * For processes that serve. A command of a few seconds leaves the sequencing and the monitoring of the log and its
 * defences to them.
 */
@Module({ imports: [AuditModule], providers: [Sequencer, AuditDefences, DefenceMonitor, DailyVerification] })
export class SequencerModule {}
