import { defineRecord, RequiredIntegerColumn, TextColumn } from '../../records';

export class AddBankAccountRequest {
  @RequiredIntegerColumn() readonly position: number;
  @TextColumn() readonly accountHolder?: string | null;
  @TextColumn() readonly iban?: string | null;
  @TextColumn() readonly bic?: string | null;
  @TextColumn() readonly bankName?: string | null;
  @TextColumn() readonly mandateReference?: string | null;
}

export const bankAccounts = defineRecord({
  name: 'BankAccount',
  path: 'bank-accounts',
  table: 'bank_account',
  request: AddBankAccountRequest,
  unique: { bank_account_customer_id_position_key: 'position' },
});
