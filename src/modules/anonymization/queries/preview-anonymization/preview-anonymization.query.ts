import { Query } from '@nestjs/cqrs';
import type { VerdictResponse } from '../../preview/verdict.response';

/** Previews the anonymization of a customer today. Changes nothing and writes no audit entry. */
export class PreviewAnonymization extends Query<VerdictResponse> {
  constructor(readonly customerId: string) {
    super();
  }
}
