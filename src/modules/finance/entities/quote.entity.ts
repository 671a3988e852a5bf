import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  constant,
  Erase,
  Keep,
  KeepNumber,
  LABEL,
  NotPersonal,
  OfCustomer,
  Replace,
} from '../../../kernel/personal-data';
import { BUSINESS_LETTER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';

export const QUOTE_STATUSES = ['OPEN', 'ACCEPTED', 'ENDED'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];

@Entity('quote')
@OfCustomer('customer_id')
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
  @Column('text', { nullable: true })
  recipientName: string | null;

  @Erase('CONTACT')
  @Column('text', { nullable: true })
  recipientAddress: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  remark: string | null;
}
