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
import { DateColumn, ListColumn, MoneyColumn, TextColumn } from '../../records';
import { OF_A_DRAFT } from './of-a-draft';

const PAYMENT_KINDS = ['PAYMENT', 'REFUND', 'WRITE_OFF'] as const;
type PaymentKind = (typeof PAYMENT_KINDS)[number];
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
type PaymentMethod = (typeof PAYMENT_METHODS)[number];

@Entity('payment')
@OfCustomer('customer_id')
@EraseRows('part of a draft invoice', OF_A_DRAFT)
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

  @ListColumn(Keep(VOUCHER_PERIOD), 'paymentKind', PAYMENT_KINDS) kind: PaymentKind;
  @DateColumn(Keep(VOUCHER_PERIOD), { required: true }) paidOn: string;
  @MoneyColumn(Keep(VOUCHER_PERIOD)) amount: number;

  @ListColumn(Keep(VOUCHER_PERIOD), 'paymentMethod', PAYMENT_METHODS, { required: false })
  method?: PaymentMethod | null;

  @TextColumn(Erase('IDENTITY')) payerName?: string | null;
  @TextColumn(Erase('FINANCE', 'IBAN')) iban?: string | null;
  @TextColumn(Erase('FREE_TEXT')) reference?: string | null;
}
