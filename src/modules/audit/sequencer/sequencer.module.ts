import { Module } from '@nestjs/common';
import { Sequencer } from './sequencer';

/** For processes that serve; a command of some seconds leaves the sequencing to them. */
@Module({ providers: [Sequencer] })
export class SequencerModule {}
