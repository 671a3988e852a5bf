import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('customer_card')
@OfCustomer('customer_id')
@EraseRows('A6: every customer card')
export class CustomerCard {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('FINANCE', 'NUMBER')
  @Column('text')
  number: string;

  @GoesWithRow('FINANCE')
  @Column('date', { nullable: true })
  validUntil: string | null;

  @GoesWithRow('FINANCE')
  @Column('date', { nullable: true })
  invalidatedOn: string | null;
}
