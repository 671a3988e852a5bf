import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';

/** Applies the data map to the device tables. */
export class AnonymizeDeviceData extends Command<void> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
