import { Command } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';

/** Applies the data map to the loyalty tables. */
export class AnonymizeLoyaltyData extends Command<void> {
  constructor(readonly batch: AnonymizationBatch) {
    super();
  }
}
