import { Command } from '@nestjs/cqrs';
import type { Actor } from '../../../../platform/auth/actor';

/** Ends the hold in force; it stays on record. Audited. */
export class LiftLegalHold extends Command<void> {
  constructor(
    readonly customerId: string,
    readonly actor: Actor,
  ) {
    super();
  }
}
