export { WORKLIST_BLOCKERS } from './queries/worklist-blockers.queries';
export { WorklistModule } from './worklist.module';
