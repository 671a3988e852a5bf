export { isAboutStranger } from './conflicts/conflict-examination';
export {
  ConflictSettlement,
  type ListedConflict,
  type SettledConflicts,
  type Settlement,
} from './conflicts/conflict-settlement';
export { ErasureReplay, type Progress, type ReplayReport } from './erasure-replay';
export { ReplayModule } from './replay.module';
