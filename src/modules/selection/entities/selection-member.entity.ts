import { Entity, PrimaryColumn } from 'typeorm';
import { EraseRows, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('selection_member')
@OfCustomer('customer_id')
@EraseRows('membership of every selection')
export class SelectionMember {
  @NotPersonal()
  @PrimaryColumn('bigint')
  selectionId: string;

  @NotPersonal()
  @PrimaryColumn('uuid')
  customerId: string;
}
