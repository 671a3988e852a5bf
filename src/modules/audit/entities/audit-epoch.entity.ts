import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'epoch' })
@AboutCustomer('epochs of the ledger: when each sequencer took over')
export class AuditEpoch {
  @NotPersonal()
  @PrimaryColumn('bigint')
  epoch: string;

  @NotPersonal()
  @Column('timestamptz')
  begunAt: Date;
}
