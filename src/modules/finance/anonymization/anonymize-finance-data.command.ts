import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';

/** Writes the fiscal copies, then applies the data map to the finance tables. */
export class AnonymizeFinanceData extends Command<void> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
