import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { DateColumn, ListColumn } from '../../records';

const CONSENT_CHANNELS = ['POST', 'EMAIL', 'SMS', 'PHONE'] as const;
type ConsentChannel = (typeof CONSENT_CHANNELS)[number];

@Entity('marketing_consent')
@OfCustomer('customer_id')
@EraseRows('every consent to advertising')
@ShowsContact('greatest(t.granted_on, t.withdrawn_on) >= :day')
export class MarketingConsent {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ListColumn(EraseWithRow('CONTACT', 'NOBODY'), 'channel', CONSENT_CHANNELS) channel: ConsentChannel;
  @DateColumn(EraseWithRow('CONTACT', 'NOBODY'), { required: true }) grantedOn: string;
  @DateColumn(EraseWithRow('CONTACT', 'NOBODY')) withdrawnOn?: string | null;
}
