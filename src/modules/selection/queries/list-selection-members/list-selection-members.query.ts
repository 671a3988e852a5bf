import { Query } from '@nestjs/cqrs';
import type { Page, PageRequest } from '../../../../platform/http/page';
import type { CustomerSummary } from '../../../customer';

/** Members of a selection, in id order. */
export class ListSelectionMembers extends Query<Page<CustomerSummary>> {
  constructor(
    readonly selectionId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
