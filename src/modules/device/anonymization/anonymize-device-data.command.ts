import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet, EffectsByCustomer } from '../../../kernel/anonymization-step';

/** Applies the data map to the device tables; answers with the effects. */
export class AnonymizeDeviceData extends Command<EffectsByCustomer> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
