import { Query } from '@nestjs/cqrs';
import type { Page } from '../../../../platform/http/page';
import type { BlockedCustomerItem, WorklistRange } from '../../worklist';

/** Customers whom runs left blocked, ordered by the day on which they may become ready. */
export class ListBlockedCustomers extends Query<Page<BlockedCustomerItem>> {
  constructor(
    readonly range: WorklistRange,
    readonly limit: number,
    readonly cursor?: string,
  ) {
    super();
  }
}
