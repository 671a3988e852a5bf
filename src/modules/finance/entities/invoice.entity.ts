import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  Erase,
  EraseRows,
  Keep,
  KeepNumber,
  LABEL,
  MeansIfEmpty,
  NamedInCopies,
  NotPersonal,
  OfCustomer,
  RecordTypeIn,
  Replace,
  SealWithName,
  ShowsContact,
} from '../../../kernel/personal-data';
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import {
  BRANCH,
  COST_BEARER,
  DateColumn,
  ListColumn,
  MoneyColumn,
  NotAllowedWhen,
  NumberColumn,
  type Reference,
  ReferenceColumn,
  RequiredWhen,
  TextColumn,
} from '../../records';

export const INVOICE_KINDS = ['INVOICE', 'CREDIT_NOTE'] as const;
export type InvoiceKind = (typeof INVOICE_KINDS)[number];
const INVOICE_STATUSES = ['DRAFT', 'ISSUED'] as const;
type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

const CREDITED: Reference = { table: 'invoice', key: 'number', as: 'creditsId', ofSameCustomer: true };
const CARE_CASE: Reference = { table: 'care_case', key: 'number', as: 'careCaseId', ofSameCustomer: true };

@Entity('invoice')
@OfCustomer('customer_id')
@RecordTypeIn('kind')
@EraseRows('a draft is not a tax record', "t.status = 'DRAFT'")
@SealWithName(GROUNDS.VOUCHER, {
  list: 'invoices',
  when: "t.status = 'ISSUED'",
  startsOn: 't.issued_on',
  group: 'coalesce(t.credits_id, t.id)',
  order: 't.issued_on, t.id',
})
@NotAllowedWhen('creditsNumber', { kind: 'INVOICE' })
@RequiredWhen('issuedOn', { status: 'ISSUED' })
@ShowsContact("t.status = 'ISSUED' AND t.issued_on >= :day")
@NamedInCopies('credits_id', { creditsNumber: 'number' })
export class Invoice {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  /** assigned when the document is issued */
  @NumberColumn(KeepNumber(VOUCHER_PERIOD), { nullable: true }) number?: string | null;
  @ReferenceColumn(Keep(VOUCHER_PERIOD), BRANCH, { required: true }) branchCode: string;
  @ListColumn(Keep(VOUCHER_PERIOD), 'invoiceKind', INVOICE_KINDS) kind: InvoiceKind;
  @ReferenceColumn(Keep(VOUCHER_PERIOD), CREDITED) creditsNumber?: string | null;
  @ListColumn(Keep(VOUCHER_PERIOD), 'invoiceStatus', INVOICE_STATUSES) status: InvoiceStatus;
  @DateColumn(Keep(VOUCHER_PERIOD)) issuedOn?: string | null;
  @DateColumn(Keep(VOUCHER_PERIOD)) dueOn?: string | null;
  @ReferenceColumn(Keep(VOUCHER_PERIOD), COST_BEARER) costBearerIk?: string | null;
  @ReferenceColumn(Keep(VOUCHER_PERIOD), CARE_CASE) careCaseNumber?: string | null;
  @MoneyColumn(Keep(VOUCHER_PERIOD)) net: number;
  @MoneyColumn(Keep(VOUCHER_PERIOD)) tax: number;
  @MoneyColumn(Keep(VOUCHER_PERIOD)) gross: number;
  @MeansIfEmpty('CUSTOMER_NAME') @TextColumn(Replace('IDENTITY', LABEL)) recipientName?: string | null;
  @MeansIfEmpty('CUSTOMER_ADDRESS') @TextColumn(Erase('CONTACT')) recipientAddress?: string | null;
  @TextColumn(Erase('FREE_TEXT')) remark?: string | null;

  @NotPersonal('the transaction in which it was entered, with its lines')
  @Column({ type: 'bigint', nullable: true, insert: false, update: false, select: false })
  enteredIn: string | null;
}
