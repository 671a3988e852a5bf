import { Column, Entity, PrimaryColumn } from 'typeorm';
import { StoresBlockers } from '../../../kernel/blocker';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';
import { WORKLIST_BLOCKERS } from '../queries/worklist-blockers.queries';

@Entity('blocked_customer')
@AboutCustomer('operational data with customer ids only')
@StoresBlockers(WORKLIST_BLOCKERS)
export class BlockedCustomer {
  @NotPersonal()
  @PrimaryColumn('uuid')
  customerId: string;

  @NotPersonal()
  @Column('json')
  blockers: unknown;

  @NotPersonal()
  @Column('date', { nullable: true })
  earliestPossibleOn: string | null;

  @NotPersonal()
  @Column('date', { nullable: true })
  judgedOn: string | null;
}
