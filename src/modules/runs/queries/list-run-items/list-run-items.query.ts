import { Query } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RunItemPageResponse } from '../../run.response';
import type { ListRunItemsRequest } from './list-run-items.request';

/** The customers of a run, in the order of their numbers. */
export class ListRunItems extends Query<RunItemPageResponse> {
  constructor(
    readonly runId: string,
    readonly request: ListRunItemsRequest,
    readonly actor: Actor,
  ) {
    super();
  }
}
