import { Injectable } from '@nestjs/common';
import { SearchIndex } from '../../customer';
import { type Booking, type RecordRules } from '../../records';

/** Updates the search index, since customers are found by their card numbers. */
@Injectable()
export class CardRules implements RecordRules<object> {
  constructor(private readonly searchIndex: SearchIndex) {}

  added(_id: string, _fields: object, { customerId }: Booking): Promise<void> {
    return this.searchIndex.refresh(customerId);
  }
}
