import { Query } from '@nestjs/cqrs';
import type { Receipt } from '../../receipt';

/** What was done to an anonymized customer, with the proof that it stands in the log. */
export class GetReceipt extends Query<Receipt> {
  constructor(readonly customerId: string) {
    super();
  }
}
