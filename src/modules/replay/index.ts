export { ConflictSettlement, type ListedConflict, type SettledConflicts, type Settlement } from './conflict-settlement';
export { isAboutStranger } from './conflicts-in-database';
export { ErasureReplay, type Progress, type ReplayReport } from './erasure-replay';
export { ReplayModule } from './replay.module';
