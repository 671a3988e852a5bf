import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

export const ADDRESS_TYPES = ['RESIDENTIAL', 'DELIVERY', 'INVOICE', 'OTHER'] as const;
export type AddressType = (typeof ADDRESS_TYPES)[number];

@Entity('address')
@OfCustomer('customer_id')
@EraseRows('A2: every address, not only the default one')
export class Address {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('text')
  type: string;

  @GoesWithRow('CONTACT', 'STREET')
  @Column('text', { nullable: true })
  street: string | null;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('text', { nullable: true })
  postalCode: string | null;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('text', { nullable: true })
  city: string | null;

  @GoesWithRow('CONTACT', 'NOBODY')
  @Column('text', { nullable: true })
  country: string | null;

  @GoesWithRow('IDENTITY')
  @Column('text', { nullable: true })
  addressee: string | null;

  @GoesWithRow('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  phone: string | null;
}
