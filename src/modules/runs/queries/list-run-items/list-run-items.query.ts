import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunItemPageResponse } from '../../views/run.response';
import type { ListRunItemsRequest } from './list-run-items.request';

/** Lists the customers of a run in id order. */
export class ListRunItems extends Query<RunItemPageResponse> {
  constructor(
    readonly runId: string,
    readonly request: ListRunItemsRequest,
    readonly actor: Actor,
  ) {
    super();
  }
}
