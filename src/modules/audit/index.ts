export { type AuditAction, type AuditOutcome } from './audit-action';
export { auditEntry, AuditLog, type AuditRecord, type DetailsByCustomer } from './audit-log';
export { AuditModule } from './audit.module';
export { SequencerModule } from './sequencer/sequencer.module';
