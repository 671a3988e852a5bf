import { Query } from '@nestjs/cqrs';
import type { Page, PageRequest } from '../../../platform/http/page';
import type { RecordDefinition, StoredRecord } from '../record-definition';

/**
 * A customer's records of one kind, in the order in which they were added; of an anonymized customer what is left of
 * them.
 */
export class ListRecords<Fields extends object, Shown extends object> extends Query<Page<StoredRecord<Fields, Shown>>> {
  constructor(
    readonly record: RecordDefinition<Fields, Shown>,
    readonly customerId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
