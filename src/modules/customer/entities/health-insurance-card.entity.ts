import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';
import { COST_BEARER, DateColumn, ReferenceColumn, TextColumn } from '../../records';

@Entity('health_insurance_card')
@OfCustomer('customer_id')
@EraseRows('every health insurance card')
export class HealthInsuranceCard {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ReferenceColumn(EraseWithRow('HEALTH'), COST_BEARER, { required: true }) costBearerIk: string;
  @TextColumn(EraseWithRow('HEALTH', 'NUMBER')) insuredNumber?: string | null;
  @TextColumn(EraseWithRow('IDENTITY')) cardHolder?: string | null;
  @DateColumn(EraseWithRow('HEALTH')) validUntil?: string | null;
}
