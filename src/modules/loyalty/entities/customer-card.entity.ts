import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, ShowsContact } from '../../../kernel/personal-data';
import { DateColumn, NameColumn } from '../../records';

@Entity('customer_card')
@OfCustomer('customer_id')
@EraseRows('every customer card')
@ShowsContact('t.invalidated_on >= :day')
export class CustomerCard {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @NameColumn(EraseWithRow('FINANCE', 'NUMBER'), { isKey: true }) number: string;
  @DateColumn(EraseWithRow('FINANCE')) validUntil?: string | null;
  @DateColumn(EraseWithRow('FINANCE')) invalidatedOn?: string | null;
}
