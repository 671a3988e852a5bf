export { AnonymizeSelection } from './commands/anonymize-selection/anonymize-selection.command';
export { CreateRun } from './commands/create-run/create-run.command';
export { RestoredRuns } from './restored-runs';
export { RunBlockers } from './run-blockers';
export { hasEnded } from './run-state';
export { RunQueries } from './run-queries';
export { type RunResponse } from './run.response';
export { RunsModule } from './runs.module';
export { UncleanedRuns } from './uncleaned-runs';
