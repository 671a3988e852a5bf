import { Command } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';

/** Applies the data map to the selections and to the customer, whose own row comes last. */
export class AnonymizeCustomerData extends Command<void> {
  constructor(readonly batch: AnonymizationBatch) {
    super();
  }
}
