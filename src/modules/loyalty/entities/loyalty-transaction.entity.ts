import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { Erase, Keep, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { STATISTICS } from '../../../kernel/retention';
import { InstantColumn, IntegerColumn, MoneyColumn, ReferenceColumn, TextColumn } from '../../records';
import { PROGRAM } from './loyalty-program.entity';

@Entity('loyalty_transaction')
@OfCustomer('customer_id')
@ShowsContact('t.occurred_at >= :instant')
export class LoyaltyTransaction {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ReferenceColumn(Keep(STATISTICS), PROGRAM, { required: true }) programCode: string;
  @InstantColumn(Keep(STATISTICS)) occurredAt: string;
  @IntegerColumn(Keep(STATISTICS), { required: false }) points?: number | null;
  @MoneyColumn(Keep(STATISTICS), { signed: true, required: false }) amount?: number | null;
  @TextColumn(Erase('FINANCE', 'NUMBER')) cardNumber?: string | null;
}
