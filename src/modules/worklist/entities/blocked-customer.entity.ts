import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AboutCustomer, NotPersonal } from '../../../kernel/personal-data';

@Entity('blocked_customer')
@AboutCustomer('operational: names customers by id only')
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
