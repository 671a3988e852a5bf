import { Module } from '@nestjs/common';
import { AnonymizeCustomerDataHandler } from './anonymization/anonymize-customer-data.handler';
import { CustomerLocks } from './locks/customer-locks';
import { CustomerSummaries } from './queries/customer-summaries';

@Module({
  providers: [AnonymizeCustomerDataHandler, CustomerLocks, CustomerSummaries],
  exports: [CustomerLocks, CustomerSummaries],
})
export class CustomerModule {}
