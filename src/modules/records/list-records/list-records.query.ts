import { Query } from '@nestjs/cqrs';
import type { Page, PageRequest } from '../../../platform/http/page';
import type { RecordDefinition, StoredRecord } from '../record-definition';

/** Lists a customer's records of one kind in the order of creation. For an anonymized customer, lists what remains. */
export class ListRecords<Fields extends object, Shown extends object> extends Query<Page<StoredRecord<Fields, Shown>>> {
  constructor(
    readonly record: RecordDefinition<Fields, Shown>,
    readonly customerId: string,
    readonly page: PageRequest,
  ) {
    super();
  }
}
