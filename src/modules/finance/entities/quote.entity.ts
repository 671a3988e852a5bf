import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  constant,
  Erase,
  Keep,
  KeepNumber,
  LABEL,
  MeansIfEmpty,
  NotPersonal,
  OfCustomer,
  Replace,
  SealWithName,
} from '../../../kernel/personal-data';
import { BUSINESS_LETTER_PERIOD, GROUNDS } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';

export const QUOTE_STATUSES = ['OPEN', 'ACCEPTED', 'ENDED'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

@Entity('quote')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.BUSINESS_LETTER, {
  list: 'quotes',
  // an end in 2099 and later means open
  startsOn: "greatest(t.issued_on, CASE WHEN t.valid_until < '2099-12-31' THEN t.valid_until END)",
  order: 't.issued_on, t.id',
})
export class Quote {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @KeepNumber(BUSINESS_LETTER_PERIOD)
  @Column('text')
  number: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('bigint')
  branchId: string;

  @Replace('RECORD', constant('ENDED'), {
    when: "t.status = 'OPEN'",
    reason: 'A9: open quotes are ended',
    evenIfEmpty: true,
  })
  @Column('text')
  status: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date')
  issuedOn: string;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('date', { nullable: true })
  validUntil: string | null;

  @Replace(
    'RECORD',
    { source: 'TODAY' },
    { when: "t.status = 'OPEN'", reason: 'A9: open quotes are ended', evenIfEmpty: true },
  )
  @Column('date', { nullable: true })
  endedOn: string | null;

  @Replace('RECORD', constant('CUSTOMER_ANONYMIZED'), {
    when: "t.status = 'OPEN'",
    reason: 'A9: open quotes are ended',
    evenIfEmpty: true,
  })
  @Column('text', { nullable: true })
  endReason: string | null;

  @Keep(BUSINESS_LETTER_PERIOD)
  @Column('bigint', { transformer: cents })
  gross: number;

  @Replace('IDENTITY', LABEL)
  @MeansIfEmpty('CUSTOMER_NAME')
  @Column('text', { nullable: true })
  recipientName: string | null;

  @Erase('CONTACT')
  @MeansIfEmpty('CUSTOMER_ADDRESS')
  @Column('text', { nullable: true })
  recipientAddress: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  remark: string | null;
}
