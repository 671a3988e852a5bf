import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet, EffectsByCustomer } from '../../../kernel/anonymization-step';

/** Applies the data map to the selections and to the customer, whose own row comes last; answers with the effects. */
export class AnonymizeCustomerData extends Command<EffectsByCustomer> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
