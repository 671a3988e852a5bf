export { AnonymizeFinanceData } from './anonymization/anonymize-finance-data.command';
export { financeBlockers } from './anonymization/finance.blockers';
export { financeWarnings } from './anonymization/finance.warnings';
export { FiscalCopies } from './anonymization/fiscal-copies';
export { FinanceModule } from './finance.module';
