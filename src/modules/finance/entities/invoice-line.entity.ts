import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import {
  EraseRows,
  Keep,
  KeepNumber,
  NamesOthers,
  NotPersonal,
  OfCustomer,
  Redact,
  SealWithName,
} from '../../../kernel/personal-data';
import { GROUNDS, VOUCHER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';
import { OF_A_DRAFT } from './of-a-draft';

@Entity('invoice_line')
@OfCustomer('customer_id')
@EraseRows('goes with the draft it stands on', OF_A_DRAFT)
@SealWithName(GROUNDS.VOUCHER, {
  list: 'lines',
  partOf: { table: 'invoice', by: 'invoice_id' },
  order: 't.position, t.id',
})
export class InvoiceLine {
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
  @Column('integer')
  position: number;

  @NamesOthers()
  @Redact(VOUCHER_PERIOD)
  @Column('text', { nullable: true })
  article: string | null;

  @Redact(VOUCHER_PERIOD)
  @Column('text', { nullable: true })
  text: string | null;

  @KeepNumber(VOUCHER_PERIOD)
  @Column('text', { nullable: true })
  serialNumber: string | null;

  @Keep(VOUCHER_PERIOD)
  @Column('numeric')
  quantity: string;

  @Keep(VOUCHER_PERIOD)
  @Column('bigint', { transformer: cents })
  amount: number;
}
