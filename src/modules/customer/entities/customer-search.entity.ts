import { Column, Entity, PrimaryColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, OnMerge } from '../../../kernel/personal-data';

@Entity('customer_search')
@OfCustomer('customer_id')
@EraseRows('derived from the customer, for the search')
@OnMerge('STAY')
export class CustomerSearch {
  @NotPersonal()
  @PrimaryColumn('uuid')
  customerId: string;

  @EraseWithRow('IDENTITY', 'NOBODY')
  @Column('text')
  terms: string;

  @EraseWithRow('IDENTITY', 'NOBODY')
  @Column('text')
  name: string;
}
