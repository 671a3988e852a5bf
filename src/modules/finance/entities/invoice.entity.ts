import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  EraseRows,
  Keep,
  KeepNumber,
  LABEL,
  MeansIfEmpty,
  NotPersonal,
  OfCustomer,
  Replace,
  SealWithName,
} from '../../../kernel/personal-data';
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';

export const INVOICE_KINDS = ['INVOICE', 'CREDIT_NOTE'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
export const INVOICE_STATUSES = ['DRAFT', 'ISSUED'] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

@Entity('invoice')
@OfCustomer('customer_id')
@EraseRows('a draft is no voucher', "t.status = 'DRAFT'")
@SealWithName(GROUNDS.VOUCHER, {
  list: 'invoices',
  when: "t.status = 'ISSUED'",
  startsOn: 't.issued_on',
  group: 'coalesce(t.credits_id, t.id)',
  order: 't.issued_on, t.id',
})
export class Invoice {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  /** given when it is issued */
  @KeepNumber(VOUCHER_PERIOD)
  @Column('text', { nullable: true })
  number: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint')
  branchId: string;

  @Keep(VOUCHER_PERIOD)
  @Column('text')
  kind: string;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { nullable: true })
  creditsId: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('text')
  status: string;

  @Keep(VOUCHER_PERIOD)
  @Column('date', { nullable: true })
  issuedOn: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('date', { nullable: true })
  dueOn: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { nullable: true })
  costBearerId: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { nullable: true })
  careCaseId: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { transformer: cents })
  net: number;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { transformer: cents })
  tax: number;

  @Keep(VOUCHER_PERIOD)
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

  @NotPersonal('the transaction in which it was entered; its lines were, too')
  @Column({ type: 'bigint', nullable: true, insert: false, update: false, select: false })
  enteredIn: string | null;
}
