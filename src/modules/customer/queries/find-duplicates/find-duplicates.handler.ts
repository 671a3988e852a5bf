import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { TransactionRunner } from '../../../../platform/database/transaction-runner';
import type { CustomerSummary } from '../customer-summaries';
import { FindDuplicates } from './find-duplicates.query';
import { PossibleDuplicates } from './possible-duplicates';

@QueryHandler(FindDuplicates)
export class FindDuplicatesHandler implements IQueryHandler<FindDuplicates> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly duplicates: PossibleDuplicates,
  ) {}

  execute({ person }: FindDuplicates): Promise<CustomerSummary[]> {
    return this.transaction.run(() => this.duplicates.findFor(person));
  }
}
