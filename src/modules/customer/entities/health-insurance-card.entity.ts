import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('health_insurance_card')
@OfCustomer('customer_id')
@EraseRows('A6: every health insurance card')
export class HealthInsuranceCard {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('HEALTH')
  @Column('bigint')
  costBearerId: string;

  @GoesWithRow('HEALTH', 'NUMBER')
  @Column('text', { nullable: true })
  insuredNumber: string | null;

  @GoesWithRow('IDENTITY')
  @Column('text', { nullable: true })
  cardHolder: string | null;

  @GoesWithRow('HEALTH')
  @Column('date', { nullable: true })
  validUntil: string | null;
}
