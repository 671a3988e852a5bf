import { CustomerRecords } from '../../records';
import { bankAccounts } from './bank-account.record';

export class BankAccountsController extends CustomerRecords(bankAccounts) {}
