import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'checkpoint' })
@AboutCustomer('signed checkpoints of the log')
export class AuditCheckpoint {
  @NotPersonal()
  @PrimaryColumn('bigint')
  size: string;

  @NotPersonal()
  @Column('text')
  note: string;

  @NotPersonal()
  @Column('timestamptz')
  exportedAt: Date;
}
