import { Command } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';

/** Applies the data map to the device tables. */
export class AnonymizeDeviceData extends Command<void> {
  constructor(readonly batch: AnonymizationBatch) {
    super();
  }
}
