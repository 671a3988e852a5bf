import { Injectable } from '@nestjs/common';
import { SearchIndex } from '../../customer';
import { type Booking, type RecordRules } from '../../records';

/** Customers are found by the numbers of their cards. */
@Injectable()
export class CardRules implements RecordRules<object> {
  constructor(private readonly searchIndex: SearchIndex) {}

  added(_id: string, _fields: object, { customerId }: Booking): Promise<void> {
    return this.searchIndex.refresh(customerId);
  }
}
