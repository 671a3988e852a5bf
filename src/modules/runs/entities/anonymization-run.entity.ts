import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';
import type { Reason } from '../../anonymization';
import type { RunKind, RunState } from '../state/run-state';

@Entity('anonymization_run')
@AboutCustomer('operational data with customer ids and numbers only')
export class AnonymizationRun {
  @NotPersonal()
  @PrimaryColumn('uuid')
  id: string;

  @NotPersonal()
  @Column('text')
  kind: RunKind;

  @NotPersonal()
  @Column('text')
  state: RunState;

  @NotPersonal()
  @Column('bigint', { nullable: true })
  selectionId: string | null;

  @NotPersonal()
  @Column('uuid', { array: true, nullable: true })
  customerIds: string[] | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  reason: Reason | null;

  @NotPersonal()
  @Column('text', { nullable: true })
  reference: string | null;

  @NotPersonal()
  @Column('uuid')
  createdBy: string;

  @NotPersonal()
  @Column('timestamptz')
  createdAt: Date;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  previewedAt: Date | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  startedBy: string | null;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  startedAt: Date | null;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  finishedAt: Date | null;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  workingSince: Date | null;

  @NotPersonal()
  @Column('bigint')
  workedMs: string;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  pausedAt: Date | null;

  @NotPersonal()
  @Column('uuid', { nullable: true })
  cancelledBy: string | null;

  @NotPersonal("number of members who are named in the selection's name")
  @Column('integer')
  namedInSelection: number;

  @NotPersonal()
  @Column('timestamptz', { nullable: true })
  cleanedAt: Date | null;
}
