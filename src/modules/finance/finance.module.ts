import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { AnonymizeFinanceDataHandler } from './anonymization/anonymize-finance-data.handler';
import { FiscalCopies } from './anonymization/fiscal-copies';

@Module({
  imports: [ArchiveModule],
  providers: [AnonymizeFinanceDataHandler, FiscalCopies],
  exports: [FiscalCopies],
})
export class FinanceModule {}
