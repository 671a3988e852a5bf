import { Injectable } from '@nestjs/common';
import { SearchIndex } from '../search-index';
import type { AddAddressRequest } from './address.record';
import type { Booking, RecordRules } from './record-rules';

/** Customers are found by their addresses. */
@Injectable()
export class AddressRules implements RecordRules<AddAddressRequest> {
  constructor(private readonly searchIndex: SearchIndex) {}

  added(_id: string, _fields: AddAddressRequest, { customerId }: Booking): Promise<void> {
    return this.searchIndex.refresh(customerId);
  }
}
