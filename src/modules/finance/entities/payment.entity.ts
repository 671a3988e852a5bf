import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, EraseRows, Keep, NotPersonal, OfCustomer } from '../../../kernel/personal-data';
import { VOUCHER_PERIOD } from '../../../kernel/retention';
import { cents } from '../../../platform/database/cents';
import { OF_A_DRAFT } from './of-a-draft';

@Entity('payment')
@OfCustomer('customer_id')
@EraseRows('of a draft', OF_A_DRAFT)
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
