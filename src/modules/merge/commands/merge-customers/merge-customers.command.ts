import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';

export interface MergeResult {
  readonly customerId: string;
  readonly intoCustomerId: string;
  /** rows per table */
  readonly moved: Readonly<Record<string, number>>;
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
