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
import { DecimalColumn, IntegerColumn, MoneyColumn, NoteColumn, TextColumn, UniqueOfOwner } from '../../records';
import { OF_A_DRAFT } from './of-a-draft';

@Entity('invoice_line')
@OfCustomer('customer_id')
@EraseRows('part of a draft invoice', OF_A_DRAFT)
@SealWithName(GROUNDS.VOUCHER, {
  list: 'lines',
  partOf: { table: 'invoice', by: 'invoice_id' },
  order: 't.position, t.id',
})
@UniqueOfOwner({ constraint: 'invoice_line_invoice_id_position_key', fields: ['position'], at: 'position' })
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

  @IntegerColumn(Keep(VOUCHER_PERIOD)) position: number;
  @NamesOthers() @TextColumn(Redact(VOUCHER_PERIOD)) article?: string | null;
  @NoteColumn(Redact(VOUCHER_PERIOD)) text?: string | null;
  @TextColumn(KeepNumber(VOUCHER_PERIOD)) serialNumber?: string | null;
  @DecimalColumn(Keep(VOUCHER_PERIOD), { whenAbsent: 1 }) quantity?: number | null;
  @MoneyColumn(Keep(VOUCHER_PERIOD), { signed: true }) amount: number;
}
