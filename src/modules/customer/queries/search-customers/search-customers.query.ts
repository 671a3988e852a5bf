import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../../platform/http/page';
import type { CustomerSummary } from '../customer-summaries';
import type { SearchCustomersRequest } from './search-customers.request';

/**
 * Customers by what is known of them: every word typed must begin a word of name, number, phone, e-mail, city or postal
 * code. The customer whose number was typed comes first, then they are in the order of their names. Anonymized and
 * merged customers never appear.
 */
export class SearchCustomers extends Query<Page<CustomerSummary>> {
  constructor(readonly request: SearchCustomersRequest) {
    super();
  }
}
