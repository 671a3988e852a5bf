import { AuditCheckpoint } from './audit-checkpoint.entity';
import { AuditEntry } from './audit-entry.entity';
import { AuditEpoch } from './audit-epoch.entity';
import { AuditPending } from './audit-pending.entity';
import { AuditPosition } from './audit-position.entity';
import { AuditTile } from './audit-tile.entity';

export const AUDIT_ENTITIES = [AuditEntry, AuditPending, AuditPosition, AuditTile, AuditCheckpoint, AuditEpoch];
