export { type AuditAction, type AuditOutcome } from './audit-action';
export { AuditLog, type AuditRecord, type DetailsByCustomer } from './audit-log';
export { AuditModule } from './audit.module';
