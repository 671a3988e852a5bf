import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

/**
 * Former names and contact data of a customer, from changes and from merged customers. Free text may still contain
 * these values. A database trigger writes a row when a customer changes (`remember_former_identity`).
 */
@Entity('former_identity')
@OfCustomer('customer_id')
@EraseRows('only needed to find the names in free text')
export class FormerIdentity {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('IDENTITY', 'FIRST_NAME')
  @Column('text', { nullable: true })
  firstName: string | null;

  @GoesWithRow('IDENTITY', 'LAST_NAME')
  @Column('text', { nullable: true })
  lastName: string | null;

  @GoesWithRow('IDENTITY', 'BIRTH_NAME')
  @Column('text', { nullable: true })
  birthName: string | null;

  @GoesWithRow('IDENTITY', 'COMPANY_NAME')
  @Column('text', { nullable: true })
  companyName: string | null;

  @GoesWithRow('IDENTITY', 'BIRTH_DATE')
  @Column('date', { nullable: true })
  birthDate: string | null;

  @GoesWithRow('CONTACT', 'EMAIL')
  @Column('text', { nullable: true })
  email: string | null;

  @GoesWithRow('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  phone: string | null;

  @GoesWithRow('CONTACT', 'PHONE')
  @Column('text', { nullable: true })
  mobile: string | null;
}
