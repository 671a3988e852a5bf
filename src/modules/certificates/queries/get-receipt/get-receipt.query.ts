import { Query } from '@nestjs/cqrs';
import type { Receipt } from '../../receipt';

/** The certificate of an anonymized customer, with the proof that the log contains its entries. */
export class GetReceipt extends Query<Receipt> {
  constructor(readonly customerId: string) {
    super();
  }
}
