import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet, EffectsByCustomer } from '../../../kernel/anonymization-step';

/** Writes the fiscal copies, then applies the data map to the finance tables; answers with the effects. */
export class AnonymizeFinanceData extends Command<EffectsByCustomer> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
