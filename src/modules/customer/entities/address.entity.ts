import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, OnMerge } from '../../../kernel/personal-data';
import { ListColumn, TextColumn, UniqueOfOwner } from '../../records';
import { MOVE_ADDRESSES } from '../queries/record-moves.queries';

const ADDRESS_TYPES = ['RESIDENTIAL', 'DELIVERY', 'INVOICE', 'OTHER'] as const;
type AddressType = (typeof ADDRESS_TYPES)[number];

@Entity('address')
@OfCustomer('customer_id')
@EraseRows('every address, not only the default one')
@OnMerge({ move: MOVE_ADDRESSES })
@UniqueOfOwner({
  constraint: 'address_one_residential',
  fields: [],
  at: 'type',
  when: { field: 'type', value: 'RESIDENTIAL' },
})
export class Address {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @ListColumn(EraseWithRow('CONTACT', 'NOBODY'), 'addressType', ADDRESS_TYPES) type: AddressType;
  @TextColumn(EraseWithRow('CONTACT', 'STREET')) street?: string | null;
  @TextColumn(EraseWithRow('CONTACT', 'NOBODY')) postalCode?: string | null;
  @TextColumn(EraseWithRow('CONTACT', 'NOBODY')) city?: string | null;
  @TextColumn(EraseWithRow('CONTACT', 'NOBODY')) country?: string | null;
  @TextColumn(EraseWithRow('IDENTITY')) addressee?: string | null;
  @TextColumn(EraseWithRow('CONTACT', 'PHONE')) phone?: string | null;
}
