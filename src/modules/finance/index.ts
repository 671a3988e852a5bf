export { AnonymizeFinanceData } from './anonymization/anonymize-finance-data.command';
export { financeBlockers } from './anonymization/finance.blockers';
export { INVOICE_KINDS, INVOICE_STATUSES } from './entities/invoice.entity';
export { PAYMENT_KINDS, PAYMENT_METHODS } from './entities/payment.entity';
export { QUOTE_STATUSES } from './entities/quote.entity';
export { CONTRACT_STATUSES } from './entities/service-contract.entity';
export { FinanceModule } from './finance.module';
export { MOVE_BANK_ACCOUNTS } from './queries/record-moves.queries';
export { UNCREDITABLE } from './records/uncreditable';
