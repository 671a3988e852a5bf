import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { DomainError } from '../../../kernel/domain-error';
import { Clock } from '../../../platform/clock/clock';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import type { Page } from '../../../platform/http/page';
import { KnownCustomers } from '../known-customers';
import type { StoredRecord } from '../record-definition';
import { RecordStore } from '../record-store';
import { ListRecords } from './list-records.query';

@QueryHandler(ListRecords)
export class ListRecordsHandler implements IQueryHandler<ListRecords<object, object>> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly customers: KnownCustomers,
    private readonly store: RecordStore,
    private readonly clock: Clock,
  ) {}

  execute({ record, customerId, page }: ListRecords<object, object>): Promise<Page<StoredRecord<object>>> {
    return this.transaction.run(async () => {
      if (!(await this.customers.exists(customerId))) throw new DomainError('CUSTOMER_NOT_FOUND');
      return this.store.page(record, customerId, this.clock.today(), page);
    });
  }
}
