import { Query } from '@nestjs/cqrs';
import type { CustomerSummary } from '../customer-summaries';
import type { Person } from './possible-duplicates';

/** Finds existing customers who may be the person at the counter. */
export class FindDuplicates extends Query<CustomerSummary[]> {
  constructor(readonly person: Person) {
    super();
  }
}
