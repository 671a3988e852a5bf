import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';
import { ListColumn, TextColumn, UniqueOfOwner } from '../../records';

export const ADDRESS_TYPES = ['RESIDENTIAL', 'DELIVERY', 'INVOICE', 'OTHER'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

@Entity('address')
@OfCustomer('customer_id')
@EraseRows('A2: every address, not only the default one')
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

  @ListColumn(GoesWithRow('CONTACT', 'NOBODY'), 'addressType', ADDRESS_TYPES) type: AddressType;
  @TextColumn(GoesWithRow('CONTACT', 'STREET')) street?: string | null;
  @TextColumn(GoesWithRow('CONTACT', 'NOBODY')) postalCode?: string | null;
  @TextColumn(GoesWithRow('CONTACT', 'NOBODY')) city?: string | null;
  @TextColumn(GoesWithRow('CONTACT', 'NOBODY')) country?: string | null;
  @TextColumn(GoesWithRow('IDENTITY')) addressee?: string | null;
  @TextColumn(GoesWithRow('CONTACT', 'PHONE')) phone?: string | null;
}
