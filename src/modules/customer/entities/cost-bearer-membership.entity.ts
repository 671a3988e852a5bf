import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { COST_BEARER, DateColumn, ReferenceColumn, TextColumn } from '../../records';

@Entity('cost_bearer_membership')
@OfCustomer('customer_id')
@ShowsContact('t.valid_from >= :day')
export class CostBearerMembership {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ReferenceColumn(Keep('statistics per cost bearer'), COST_BEARER, { required: true }) costBearerIk: string;
  @TextColumn(Erase('HEALTH', 'NUMBER')) memberNumber?: string | null;
  @TextColumn(Erase('HEALTH')) insuredStatus?: string | null;
  @TextColumn(Erase('IDENTITY')) mainInsuredPerson?: string | null;
  @DateColumn(Keep('statistics per cost bearer')) validFrom?: string | null;
  @DateColumn(Keep('statistics per cost bearer')) validTo?: string | null;
}
