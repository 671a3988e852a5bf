import { Injectable } from '@nestjs/common';
import { invalid } from '../../../platform/http/validation.pipe';
import type { Booking, RecordRules } from './record-rules';
import type { AddRelationshipRequest } from './relationship.record';

/** A relationship is one of two. */
@Injectable()
export class RelationshipRules implements RecordRules<AddRelationshipRequest> {
  complete(_fields: AddRelationshipRequest, booking: Booking): Promise<Partial<AddRelationshipRequest>> {
    if (booking.references.relatedCustomerNumber === booking.customerId)
      throw invalid('relatedCustomerNumber', 'NOT_ALLOWED');
    return Promise.resolve({});
  }
}
