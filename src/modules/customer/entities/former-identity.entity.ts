import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

/**
 * Former names and contact data of a customer, from changes and from merged customers. Free text may still contain
 * these values. A database trigger writes a row when a customer changes (`remember_former_identity`).
 */
@Entity('former_identity')
@OfCustomer('customer_id')
@EraseRows('needed only to find former names in free text')
export class FormerIdentity {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @EraseWithRow('IDENTITY', 'FIRST_NAME')
  @Column('text', { nullable: true })
  firstName: string | null;

  @EraseWithRow('IDENTITY', 'LAST_NAME')
  @Column('text', { nullable: true })
  lastName: string | null;

  @EraseWithRow('IDENTITY', 'BIRTH_NAME')
  @Column('text', { nullable: true })
  birthName: string | null;

  @EraseWithRow('IDENTITY', 'COMPANY_NAME')
  @Column('text', { nullable: true })
  companyName: string | null;

  @EraseWithRow('IDENTITY', 'BIRTH_DATE')
  @Column('date', { nullable: true })
  birthDate: string | null;

  @EraseWithRow('CONTACT', 'EMAIL')
  @Column('text', { nullable: true })
  email: string | null;

  @EraseWithRow('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  phone: string | null;

  @EraseWithRow('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  mobile: string | null;
}
