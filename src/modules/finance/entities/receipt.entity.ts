import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
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
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import { BRANCH, InstantColumn, MoneyColumn, NumberColumn, ReferenceColumn, TextColumn } from '../../records';

@Entity('receipt')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.VOUCHER, {
  list: 'receipts',
  startsOn: '(t.issued_at AT TIME ZONE :timeZone)::date',
  order: 't.issued_at, t.id',
})
@ShowsContact('t.issued_at >= :instant')
export class Receipt {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NumberColumn(KeepNumber(VOUCHER_PERIOD)) number?: string | null;
  @ReferenceColumn(Keep(VOUCHER_PERIOD), BRANCH, { required: true }) branchCode: string;
  @InstantColumn(Keep(VOUCHER_PERIOD)) issuedAt: string;
  @MoneyColumn(Keep(VOUCHER_PERIOD), { signed: true }) gross: number;
  @MeansIfEmpty('CUSTOMER_NAME') @TextColumn(Replace('IDENTITY', LABEL)) customerName?: string | null;
}
