import { Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity({ schema: 'audit', name: 'pending' })
@AboutCustomer('ids of entries')
export class AuditPending {
  @NotPersonal()
  @PrimaryColumn('uuid')
  entryId: string;
}
