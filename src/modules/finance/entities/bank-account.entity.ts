import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { EraseRows, EraseWithRow, NotPersonal, OfCustomer, OnMerge } from '../../../kernel/personal-data';
import { IntegerColumn, TextColumn, UniqueOfOwner } from '../../records';
import { MOVE_BANK_ACCOUNTS } from '../queries/record-moves.queries';

@Entity('bank_account')
@OfCustomer('customer_id')
@EraseRows('every bank account')
@OnMerge({ move: MOVE_BANK_ACCOUNTS })
@UniqueOfOwner({ constraint: 'bank_account_customer_id_position_key', fields: ['position'], at: 'position' })
export class BankAccount {
  @NotPersonal()
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id: string;

  @NotPersonal()
  @Column('uuid')
  customerId: string;

  @IntegerColumn(EraseWithRow('FINANCE')) position: number;
  @TextColumn(EraseWithRow('IDENTITY')) accountHolder?: string | null;
  @TextColumn(EraseWithRow('FINANCE', 'IBAN')) iban?: string | null;
  @TextColumn(EraseWithRow('FINANCE')) bic?: string | null;
  @TextColumn(EraseWithRow('FINANCE')) bankName?: string | null;
  @TextColumn(EraseWithRow('FINANCE', 'NUMBER')) mandateReference?: string | null;
}
