import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';

@Entity('bank_account')
@OfCustomer('customer_id')
@EraseRows('A5: every bank account')
export class BankAccount {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @GoesWithRow('FINANCE')
  @Column('integer')
  position: number;

  @GoesWithRow('IDENTITY')
  @Column('text', { nullable: true })
  accountHolder: string | null;

  @GoesWithRow('FINANCE', 'IBAN')
  @Column('text', { nullable: true })
  iban: string | null;

  @GoesWithRow('FINANCE')
  @Column('text', { nullable: true })
  bic: string | null;

  @GoesWithRow('FINANCE')
  @Column('text', { nullable: true })
  bankName: string | null;

  @GoesWithRow('FINANCE', 'NUMBER')
  @Column('text', { nullable: true })
  mandateReference: string | null;
}
