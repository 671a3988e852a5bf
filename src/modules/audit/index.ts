export { type AuditAction, type AuditOutcome } from './audit-action';
export { AnonymizationEntries, type EntryContent, entryStatement } from './anonymization-entries';
export { auditEntry, AuditLog, type AuditRecord } from './audit-log';
export { AuditModule } from './audit.module';
export { DataMapEntries, inForce } from './data-map-entries';
export { type EntryProof, EntryProofs, type SequencedEntry, type ProvenEntries } from './entry-proofs';
export {
  batchParameters,
  batchRelation,
  type CountedEffects,
  type FactsOfCustomers,
  type RecordedChanges,
} from './recorded-statement';
export { CheckpointExports } from './ledger/checkpoint-exports';
export {
  type ConflictCode,
  type ConflictResolution,
  DISMISSAL_REASONS,
  type DismissalReason,
  ERASURE_CONFLICT,
  ErasureConflicts,
  type FoundConflict,
  type OpenConflict,
} from './ledger/erasure-conflicts';
export { LEDGER_FAULTS, LedgerAnchor } from './ledger/ledger-anchor';
export { type CheckedLedger, LedgerCheck } from './ledger/ledger-check';
export { LEDGER_PROVIDERS } from './ledger/ledger.providers';
export { LedgerRebuild } from './ledger/ledger-rebuild';
export { LogKeys } from './ledger/log-keys';
export { LoggedDataMap, type MappedTreatment } from './logged-data-map';
export { addDataMap, effectOn, fullEffects, type KnownDataMaps, type TableTreatment } from './short-effects';
export { LogStandings } from './log-standings';
export { type FinishedVerification, LogVerification } from './verification/log-verification';
export { TreeReader } from './tree/tree-reader';
export { AUDIT_ENTRIES } from './published';
export { countSameEntries, findEntriesOf, findEntry, findFirstErasure } from './queries/find-entries.queries';
export { INSERT_ENTRIES, INSERT_MISSING_ENTRIES } from './queries/audit-log.queries';
export { SELECT_EFFECTS } from './queries/effects.queries';
export { SequencerModule } from './sequencer/sequencer.module';
export { SequencerSession } from './sequencer/sequencer-session';
