import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, GoesWithRow, NotPersonal, OfCustomer } from '../../../kernel/personal-data';
import { IntegerColumn, TextColumn, UniqueOfOwner } from '../../records';

@Entity('bank_account')
@OfCustomer('customer_id')
@EraseRows('A5: every bank account')
@UniqueOfOwner({ constraint: 'bank_account_customer_id_position_key', fields: ['position'], at: 'position' })
export class BankAccount {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @IntegerColumn(GoesWithRow('FINANCE')) position: number;
  @TextColumn(GoesWithRow('IDENTITY')) accountHolder?: string | null;
  @TextColumn(GoesWithRow('FINANCE', 'IBAN')) iban?: string | null;
  @TextColumn(GoesWithRow('FINANCE')) bic?: string | null;
  @TextColumn(GoesWithRow('FINANCE')) bankName?: string | null;
  @TextColumn(GoesWithRow('FINANCE', 'NUMBER')) mandateReference?: string | null;
}
