import { Injectable } from '@nestjs/common';
import { invalid } from '../../../platform/http/validation.pipe';
import type { Booking, RecordRules } from '../../records';

/** A relationship is one of two. */
@Injectable()
export class RelationshipRules implements RecordRules<object> {
  complete(_fields: object, { customerId, references }: Booking): Promise<object> {
    if (references.relatedCustomerNumber === customerId) throw invalid('relatedCustomerNumber', 'NOT_ALLOWED');
    return Promise.resolve({});
  }
}
