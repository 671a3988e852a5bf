import { AuditAnnounced } from './audit-announced.entity';
import { AuditCheckpoint } from './audit-checkpoint.entity';
import { AuditClaim } from './audit-claim.entity';
import { AuditEntry } from './audit-entry.entity';
import { AuditEpoch } from './audit-epoch.entity';
import { AuditParticipant } from './audit-participant.entity';
import { AuditPending } from './audit-pending.entity';
import { AuditPosition } from './audit-position.entity';
import { AuditSimulation } from './audit-simulation.entity';
import { AuditTile } from './audit-tile.entity';
import { ErasureConflict } from './erasure-conflict.entity';

export const AUDIT_ENTITIES = [
  AuditEntry,
  AuditPending,
  AuditPosition,
  AuditTile,
  AuditCheckpoint,
  AuditAnnounced,
  AuditClaim,
  AuditEpoch,
  AuditParticipant,
  AuditSimulation,
  ErasureConflict,
];
