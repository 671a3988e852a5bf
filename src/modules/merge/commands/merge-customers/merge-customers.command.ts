import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RowsOfMerge } from '../../record-moves';

export interface MergeResult extends RowsOfMerge {
  readonly customerId: string;
  readonly intoCustomerId: string;
}

/** Moves everything of a customer to another one and closes it for good (domain section 4); audited. */
export class MergeCustomers extends Command<MergeResult> {
  constructor(
    readonly customerId: string,
    readonly intoCustomerId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
