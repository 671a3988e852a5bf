import { Entity, PrimaryColumn } from 'typeorm';
import { EraseRows, NotPersonal, OfCustomer, OnMerge } from '../../../kernel/personal-data';

/**
 * A member of a selection. A selection is a decision about one person: selecting the source of a merge does not select
 * the target.
 */
@Entity('selection_member')
@OfCustomer('customer_id')
@EraseRows('membership of every selection')
@OnMerge('DELETE')
export class SelectionMember {
  @NotPersonal()
  @PrimaryColumn('bigint')
  selectionId: string;

  @NotPersonal()
  @PrimaryColumn('uuid')
  customerId: string;
}
