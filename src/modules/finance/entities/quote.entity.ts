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
  ShowsContact,
} from '../../../kernel/personal-data';
import { BUSINESS_LETTER_PERIOD, GROUNDS } from '../../../kernel/retention';
import { BRANCH, DateColumn, ListColumn, MoneyColumn, NumberColumn, ReferenceColumn, TextColumn } from '../../records';

const QUOTE_STATUSES = ['OPEN', 'ACCEPTED', 'ENDED'] as const;
type QuoteStatus = (typeof QUOTE_STATUSES)[number];

@Entity('quote')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.BUSINESS_LETTER, {
  list: 'quotes',
  // an end in 2099 or later means open-ended
  startsOn: "greatest(t.issued_on, CASE WHEN t.valid_until < '2099-12-31' THEN t.valid_until END)",
  order: 't.issued_on, t.id',
})
@ShowsContact('greatest(t.issued_on, t.ended_on) >= :day')
export class Quote {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NumberColumn(KeepNumber(BUSINESS_LETTER_PERIOD)) number?: string | null;
  @ReferenceColumn(Keep(BUSINESS_LETTER_PERIOD), BRANCH, { required: true }) branchCode: string;

  @ListColumn(
    Replace('RECORD', constant('ENDED'), {
      when: "t.status = 'OPEN'",
      reason: 'open quotes are ended',
      evenIfEmpty: true,
    }),
    'quoteStatus',
    QUOTE_STATUSES,
  )
  status: QuoteStatus;

  @DateColumn(Keep(BUSINESS_LETTER_PERIOD), { required: true }) issuedOn: string;
  @DateColumn(Keep(BUSINESS_LETTER_PERIOD)) validUntil?: string | null;

  @Replace(
    'RECORD',
    { source: 'TODAY' },
    { when: "t.status = 'OPEN'", reason: 'open quotes are ended', evenIfEmpty: true },
  )
  @Column('date', { nullable: true })
  endedOn: string | null;

  @Replace('RECORD', constant('CUSTOMER_ANONYMIZED'), {
    when: "t.status = 'OPEN'",
    reason: 'open quotes are ended',
    evenIfEmpty: true,
  })
  @Column('text', { nullable: true })
  endReason: string | null;

  @MoneyColumn(Keep(BUSINESS_LETTER_PERIOD)) gross: number;
  @MeansIfEmpty('CUSTOMER_NAME') @TextColumn(Replace('IDENTITY', LABEL)) recipientName?: string | null;
  @MeansIfEmpty('CUSTOMER_ADDRESS') @TextColumn(Erase('CONTACT')) recipientAddress?: string | null;
  @TextColumn(Erase('FREE_TEXT')) remark?: string | null;
}
