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
} from '../../../kernel/personal-data';
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';

@Entity('receipt')
@OfCustomer('customer_id')
@SealWithName(GROUNDS.VOUCHER, {
  list: 'receipts',
  startsOn: '(t.issued_at AT TIME ZONE :timeZone)::date',
  order: 't.issued_at, t.id',
})
export class Receipt {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @KeepNumber(VOUCHER_PERIOD)
  @Column('text')
  number: string;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint')
  branchId: string;

  @Keep(VOUCHER_PERIOD)
  @Column('timestamptz')
  issuedAt: Date;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { transformer: cents })
  gross: number;

  @Replace('IDENTITY', LABEL)
  @MeansIfEmpty('CUSTOMER_NAME')
  @Column('text', { nullable: true })
  customerName: string | null;
}
