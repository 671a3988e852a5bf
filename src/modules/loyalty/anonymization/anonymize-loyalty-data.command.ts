import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet, EffectsByCustomer } from '../../../kernel/anonymization-step';

/** Applies the data map to the loyalty tables; answers with the effects. */
export class AnonymizeLoyaltyData extends Command<EffectsByCustomer> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
