import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, OnMerge } from '../../../kernel/personal-data';
import { NameColumn, ReferenceColumn, UniqueOfOwner } from '../../records';
import { LOCK_RELATIONSHIPS, MOVE_RELATIONSHIPS, SURPLUS_RELATIONSHIPS } from '../queries/record-moves.queries';

@Entity('relationship')
@OfCustomer('customer_id', 'related_customer_id')
@EraseRows('every relationship, in both directions')
@OnMerge({ lock: LOCK_RELATIONSHIPS, surplus: SURPLUS_RELATIONSHIPS, move: MOVE_RELATIONSHIPS })
@UniqueOfOwner({
  constraint: 'relationship_customer_id_related_customer_id_kind_key',
  fields: ['relatedCustomerNumber', 'kind'],
  at: 'relatedCustomerNumber',
})
export class Relationship {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ReferenceColumn(
    NotPersonal(),
    { table: 'customer', key: 'customer_number', as: 'relatedCustomerId', idType: 'uuid', notOwn: true },
    { required: true },
  )
  relatedCustomerNumber: string;

  @NameColumn(EraseWithRow('IDENTITY', 'NOBODY')) kind: string;
}
