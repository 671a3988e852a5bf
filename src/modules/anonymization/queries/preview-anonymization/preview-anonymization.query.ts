import { Query } from '@nestjs/cqrs';
import type { VerdictResponse } from '../../preview/verdict.response';

/** Effects of anonymizing the customer today; changes nothing and writes no audit entry. */
export class PreviewAnonymization extends Query<VerdictResponse> {
  constructor(readonly customerId: string) {
    super();
  }
}
