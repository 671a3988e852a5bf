import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';

/** Applies the data map to the selections and to the customer, whose own row comes last. */
export class AnonymizeCustomerData extends Command<void> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
