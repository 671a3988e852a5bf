import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, type ModuleName, NotPersonal } from '../../../kernel/personal-data';
import type { AuditAction, AuditOutcome } from '../audit-action';

@Entity({ schema: 'audit', name: 'entry' })
@AboutCustomer('audit log: ids, codes, counts and dates, and the label, which a replay needs')
export class AuditEntry {
  @NotPersonal()
  @PrimaryColumn('uuid')
  id: string;

  @NotPersonal()
  /** canonical JSON (RFC 8785) whose bytes are hashed; the database compares the other columns with it */
  @Column('text')
  canonical: string;

  @NotPersonal()
  @Column('timestamptz')
  occurredAt: Date;

  @NotPersonal()
  @Column('text')
  action: AuditAction;

  @NotPersonal()
  @Column('text')
  module: ModuleName;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  customerId: string | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  runId: string | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  actorId: string | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  actorRole: string | null;

  @NotPersonal()
  @Column('text')
  outcome: AuditOutcome;
}
