import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { AnonymizeFinanceDataHandler } from './anonymization/anonymize-finance-data.handler';
import { BookPaymentController } from './commands/book-payment/book-payment.controller';
import { BookPaymentHandler } from './commands/book-payment/book-payment.handler';
import { CreditInvoiceController } from './commands/credit-invoice/credit-invoice.controller';
import { CreditInvoiceHandler } from './commands/credit-invoice/credit-invoice.handler';
import { EndQuoteController } from './commands/end-quote/end-quote.controller';
import { EndQuoteHandler } from './commands/end-quote/end-quote.handler';
import { IssueInvoiceController } from './commands/issue-invoice/issue-invoice.controller';
import { IssueInvoiceHandler } from './commands/issue-invoice/issue-invoice.handler';
import { SignServiceContractController } from './commands/sign-service-contract/sign-service-contract.controller';
import { SignServiceContractHandler } from './commands/sign-service-contract/sign-service-contract.handler';
import { TerminateServiceContractController } from './commands/terminate-service-contract/terminate-service-contract.controller';
import { TerminateServiceContractHandler } from './commands/terminate-service-contract/terminate-service-contract.handler';
import { VoidServiceContractController } from './commands/void-service-contract/void-service-contract.controller';
import { VoidServiceContractHandler } from './commands/void-service-contract/void-service-contract.handler';
import { BankAccountsController } from './records/bank-accounts.controller';
import { CreditNotes } from './records/credit-notes';
import { DocumentNumbers } from './records/document-numbers';
import { InvoiceRules } from './records/invoice-rules';
import { InvoicesController } from './records/invoices.controller';
import { QuotesController } from './records/quotes.controller';
import { ReceiptsController } from './records/receipts.controller';
import { Recipients } from './records/recipients';
import { ServiceContractsController } from './records/service-contracts.controller';

@Module({
  imports: [ArchiveModule, CustomerModule, DataMapModule],
  controllers: [
    BankAccountsController,
    InvoicesController,
    QuotesController,
    ReceiptsController,
    ServiceContractsController,
    BookPaymentController,
    CreditInvoiceController,
    IssueInvoiceController,
    EndQuoteController,
    SignServiceContractController,
    VoidServiceContractController,
    TerminateServiceContractController,
  ],
  providers: [
    AnonymizeFinanceDataHandler,
    BookPaymentHandler,
    CreditInvoiceHandler,
    IssueInvoiceHandler,
    EndQuoteHandler,
    SignServiceContractHandler,
    VoidServiceContractHandler,
    TerminateServiceContractHandler,
    CreditNotes,
    DocumentNumbers,
    InvoiceRules,
    Recipients,
  ],
})
export class FinanceModule {}
