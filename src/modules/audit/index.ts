export { type AuditAction, type AuditOutcome } from './audit-action';
export {
  AnonymizationEntries,
  type CountedRows,
  type EffectsStatement,
  type FactsOfCustomers,
} from './anonymization-entries';
export { auditEntry, AuditLog, type AuditRecord } from './audit-log';
export { AuditModule } from './audit.module';
export { SequencerModule } from './sequencer/sequencer.module';
