export { ErasureReplay, type Progress, type ReplayReport } from './erasure-replay';
export { ReplayModule } from './replay.module';
export { type ReplayConflict } from './replay-tally';
