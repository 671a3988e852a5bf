import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

export const CONSENT_CHANNELS = ['POST', 'EMAIL', 'SMS', 'PHONE'] as const;
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

@Entity('marketing_consent')
@OfCustomer('customer_id')
@EraseRows('A8: every consent to advertising')
export class MarketingConsent {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('text')
  channel: string;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('date')
  grantedOn: string;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('date', { nullable: true })
  withdrawnOn: string | null;
}
