import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'position' })
@AboutCustomer('ids of entries')
export class AuditPosition {
  @NotPersonal()
  @PrimaryColumn('bigint')
  sequence: string;

  @NotPersonal()
  @Column('uuid')
  entryId: string;
}
