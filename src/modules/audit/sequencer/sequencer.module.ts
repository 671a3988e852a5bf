import { Module } from '@nestjs/common';
import { AuditDefences } from '../integrity/audit-defences';
import { DefenceMonitor } from '../integrity/defence-monitor';
import { DailyVerification } from '../verification/daily-verification';
import { Sequencer } from './sequencer';

/**
 * For processes that serve; a command of some seconds leaves the sequencing to them, and the watch over the log and its
 * defences.
 */
@Module({ providers: [Sequencer, AuditDefences, DefenceMonitor, DailyVerification] })
export class SequencerModule {}
