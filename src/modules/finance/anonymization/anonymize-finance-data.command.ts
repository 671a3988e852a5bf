import { Command } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';

/** Seals copies of what the law retains, then applies the data map to the finance tables. */
export class AnonymizeFinanceData extends Command<void> {
  constructor(readonly batch: AnonymizationBatch) {
    super();
  }
}
