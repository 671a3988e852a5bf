import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';
import type { LegalHoldInForce } from '../../legal-holds';

/** Prevents the anonymization of the customer until the hold is lifted; audited. */
export class SetLegalHold extends Command<LegalHoldInForce> {
  constructor(
    readonly customerId: string,
    readonly reasonCode: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
