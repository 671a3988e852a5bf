import { Query } from '@nestjs/cqrs';
import type { VerdictResponse } from '../../preview/verdict.response';

/** What anonymizing the customer today would mean; changes nothing and writes no audit entry. */
export class PreviewAnonymization extends Query<VerdictResponse> {
  constructor(readonly customerId: string) {
    super();
  }
}
