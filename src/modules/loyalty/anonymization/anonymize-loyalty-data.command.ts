import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';

/** Applies the data map to the loyalty tables. */
export class AnonymizeLoyaltyData extends Command<void> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
