import { Command } from '@nestjs/cqrs';
import type { RecordDefinition, StoredRecord } from '../record-definition';

/** Adds a record to a customer and returns the stored record. */
export class AddRecord<Fields extends object, Shown extends object> extends Command<StoredRecord<Fields, Shown>> {
  constructor(
    readonly record: RecordDefinition<Fields, Shown>,
    readonly customerId: string,
    readonly fields: Fields,
  ) {
    super();
  }
}
