import { Command } from '@nestjs/cqrs';
import type { AnonymizationSet } from '../../../kernel/anonymization-step';

/** Seals what the law retains, throws away the keys of the rest and applies the data map to the archive's tables. */
export class AnonymizeArchiveData extends Command<void> {
  constructor(readonly set: AnonymizationSet) {
    super();
  }
}
