import { Query } from '@nestjs/cqrs';
import type { PreviewMergeResponse } from './preview-merge.response';

/** Previews a merge of two customers. Changes nothing and writes no audit entry. */
export class PreviewMerge extends Query<PreviewMergeResponse> {
  constructor(
    readonly customerId: string,
    readonly intoCustomerId: string,
  ) {
    super();
  }
}
