export { AnonymizationModule } from './anonymization.module';
export { EffectsRecords } from './preview/effects-records';
export { lastClearance } from './preview/last-clearance';
export { BlockerResponse, EffectResponse, VerdictResponse, WarningResponse } from './preview/verdict.response';
export { Verdicts } from './preview/verdicts';
export { AnonymizationSaga, type Outcome } from './saga/anonymization.saga';
export { AnonymizationSteps } from './saga/anonymization.steps';
export {
  AnonymizationContexts,
  type Justification,
  type Reason,
  REASONS,
  REFERENCE,
} from './saga/anonymization-contexts';
export { renderErasureSteps } from './saga/erasure.document';
export {
  type FailedAttempt,
  failureCodeOf,
  type FailureLocation,
  Failures,
  isRefusal,
  locationOf,
} from './saga/failures';
export { blockersOfCandidates } from './validation/blocker-queries';
export { ValidationGuard } from './validation/validation.guard';
