import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  EraseRows,
  Keep,
  NotPersonal,
  OfCustomer,
  SealWithName,
  ShowsContact,
} from '../../../kernel/personal-data';
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';
import { OF_A_DRAFT } from './of-a-draft';

export const PAYMENT_KINDS = ['PAYMENT', 'REFUND', 'WRITE_OFF'] as const;
export type PaymentKind = (typeof PAYMENT_KINDS)[number];
export const PAYMENT_METHODS = [
  'CASH',
  'CARD',
  'TRANSFER',
  'DIRECT_DEBIT',
  'CHEQUE',
  'VOUCHER',
  'COST_BEARER',
  'OTHER',
] as const;
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

@Entity('payment')
@OfCustomer('customer_id')
@EraseRows('goes with the draft it stands on', OF_A_DRAFT)
@SealWithName(GROUNDS.VOUCHER, {
  list: 'payments',
  partOf: { table: 'invoice', by: 'invoice_id' },
  startsOn: 't.paid_on',
  order: 't.paid_on, t.id',
})
@ShowsContact('t.paid_on >= :day')
export class Payment {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NotPersonal()
  @Column('bigint')
  invoiceId: string;

  @Keep(VOUCHER_PERIOD)
  @Column('text')
  kind: string;

  @Keep(VOUCHER_PERIOD)
  @Column('date')
  paidOn: string;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { transformer: cents })
  amount: number;

  @Keep(VOUCHER_PERIOD)
  @Column('text', { nullable: true })
  method: string | null;

  @Erase('IDENTITY')
  @Column('text', { nullable: true })
  payerName: string | null;

  @Erase('FINANCE', 'IBAN')
  @Column('text', { nullable: true })
  iban: string | null;

  @Erase('FREE_TEXT')
  @Column('text', { nullable: true })
  reference: string | null;
}
