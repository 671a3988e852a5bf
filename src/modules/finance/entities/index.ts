import { BankAccount } from './bank-account.entity';
import { DocumentNumber } from './document-number.entity';
import { InvoiceLine } from './invoice-line.entity';
import { Invoice } from './invoice.entity';
import { Payment } from './payment.entity';
import { Quote } from './quote.entity';
import { Receipt } from './receipt.entity';
import { ServiceContract } from './service-contract.entity';

/** In order of erasure: the rows of a draft precede the draft. */
export const FINANCE_ENTITIES = [
  BankAccount,
  InvoiceLine,
  Payment,
  Invoice,
  Quote,
  Receipt,
  ServiceContract,
  DocumentNumber,
];
