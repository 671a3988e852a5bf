import { Injectable } from '@nestjs/common';
import { SearchIndex } from '../search-index';
import type { Booking, RecordRules } from '../../records';

/** Updates the search index, since customers are found by their addresses. */
@Injectable()
export class AddressRules implements RecordRules<object> {
  constructor(private readonly searchIndex: SearchIndex) {}

  added(_id: string, _fields: object, { customerId }: Booking): Promise<void> {
    return this.searchIndex.refresh(customerId);
  }
}
