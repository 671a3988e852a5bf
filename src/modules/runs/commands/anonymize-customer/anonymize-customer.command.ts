import { Command } from '@nestjs/cqrs';
import type { Effect } from '../../../../kernel/anonymization-step';
import type { Blocker } from '../../../../kernel/blocker';
import type { Actor } from '../../../../platform/auth/actor';
import type { IdempotencyKey } from '../../../../platform/http/idempotency/idempotency-key';
import type { Justification } from '../../../anonymization';

/** The result, as it is stored for repeated requests: outcome and ids. */
export type AnonymizeCustomerResult =
  | {
      readonly outcome: 'ANONYMIZED' | 'ALREADY_ANONYMIZED';
      readonly anonymizedAt: string;
      readonly runId: string;
      readonly effects: readonly Effect[];
    }
  | { readonly outcome: 'BLOCKED'; readonly blockers: readonly Blocker[] };

/** Anonymizes one customer, irreversibly. `confirmation` must be the customer number. */
export class AnonymizeCustomer extends Command<AnonymizeCustomerResult> {
  constructor(
    readonly customerId: string,
    readonly confirmation: string,
    readonly justification: Justification,
    readonly actor: Actor,
    readonly idempotencyKey: IdempotencyKey | null = null,
  ) {
    super();
  }
}
