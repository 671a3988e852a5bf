import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../../platform/http/page';
import type { CustomerSummary } from '../customer-summaries';
import type { SearchCustomersRequest } from './search-customers.request';

/**
 * Finds customers by any known detail: every word of the search text must be the prefix of a word of the name, number,
 * phone, e-mail, city or postal code. The customer with exactly this number comes first, the others are ordered by
 * name. Anonymized and merged customers never appear.
 */
export class SearchCustomers extends Query<Page<CustomerSummary>> {
  constructor(readonly request: SearchCustomersRequest) {
    super();
  }
}
