import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '../../platform/clock/clock';
import { requireRules } from './columns/field-rules';
import type { RecordDefinition, StoredRecord } from './record-definition';
import { RecordReferences } from './record-references';
import { RecordStore } from './record-store';

/** Adds records according to the rules of their kind. The caller has locked the customer for booking. */
@Injectable()
export class RecordWrites {
  constructor(
    private readonly references: RecordReferences,
    private readonly store: RecordStore,
    private readonly clock: Clock,
    private readonly modules: ModuleRef,
  ) {}

  /**
   * @throws DomainError `VALIDATION_FAILED` for invalid references, keys and combinations of fields, and what the rules
   *   throw
   */
  async add<Fields extends object, Shown extends object>(
    record: RecordDefinition<Fields, Shown>,
    fields: Fields,
    customerId: string,
  ): Promise<StoredRecord<Fields, Shown>> {
    const references = await this.references.resolve(record, fields, customerId);
    requireRules(record.entity, fields);
    const booking = { customerId, references, today: this.clock.today() };
    // the rules are a provider of the module that owns the record, or of one that it imports
    const rules = record.rules && this.modules.get(record.rules, { strict: false });
    const complete = { ...fields, ...(await rules?.complete?.(fields, booking)) };
    const id = await this.store.insert(record, complete, booking);
    await rules?.added?.(id, complete, booking);
    return (await this.store.find(record, customerId, booking.today, id))!;
  }
}
