import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { RowsOfMerge } from '../../record-moves';

export interface MergeResult extends RowsOfMerge {
  readonly customerId: string;
  readonly intoCustomerId: string;
}

/** Moves all records of a customer to another one and closes it permanently. Audited. */
export class MergeCustomers extends Command<MergeResult> {
  constructor(
    readonly customerId: string,
    readonly intoCustomerId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
