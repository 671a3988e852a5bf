export { type AuditAction, type AuditOutcome } from './audit-action';
export {
  AnonymizationEntries,
  type FactsOfCustomers,
  FIRST_PARAMETER,
  type ToldStatement,
} from './anonymization-entries';
export { auditEntry, AuditLog, type AuditRecord } from './audit-log';
export { AuditModule } from './audit.module';
export { SequencerModule } from './sequencer/sequencer.module';
