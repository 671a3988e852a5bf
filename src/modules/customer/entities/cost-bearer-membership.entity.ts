import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('cost_bearer_membership')
@OfCustomer('customer_id')
export class CostBearerMembership {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @Keep('statistics per cost bearer')
  @Column('bigint')
  costBearerId: string;

  @Erase('HEALTH', 'NUMBER')
  @Column('text', { nullable: true })
  memberNumber: string | null;

  @Erase('HEALTH')
  @Column('text', { nullable: true })
  insuredStatus: string | null;

  @Erase('IDENTITY')
  @Column('text', { nullable: true })
  mainInsuredPerson: string | null;

  @Keep('statistics per cost bearer')
  @Column('date', { nullable: true })
  validFrom: string | null;

  @Keep('statistics per cost bearer')
  @Column('date', { nullable: true })
  validTo: string | null;
}
