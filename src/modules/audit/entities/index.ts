import { AuditEntry } from './audit-entry.entity';
import { AuditPending } from './audit-pending.entity';
import { AuditPosition } from './audit-position.entity';

export const AUDIT_ENTITIES = [AuditEntry, AuditPending, AuditPosition];
