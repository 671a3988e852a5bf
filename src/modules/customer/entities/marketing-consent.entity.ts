import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('marketing_consent')
@OfCustomer('customer_id')
@EraseRows('A8')
export class MarketingConsent {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('CONTACT')
  @Column('text')
  channel: string;

  @GoesWithRow('CONTACT')
  @Column('date')
  grantedOn: string;

  @GoesWithRow('CONTACT')
  @Column('date', { nullable: true })
  withdrawnOn: string | null;
}
