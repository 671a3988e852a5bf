import { OmitType } from '@nestjs/swagger';
import { defineRecord } from '../../records';
import { BankAccount } from '../entities/bank-account.entity';

export class AddBankAccountRequest extends OmitType(BankAccount, ['id', 'customerId'] as const) {}

export const bankAccounts = defineRecord({
  name: 'BankAccount',
  path: 'bank-accounts',
  entity: BankAccount,
  request: AddBankAccountRequest,
});
