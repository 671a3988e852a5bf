import { Command } from '@nestjs/cqrs';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';

/** Seals what the law retains, deletes all other keys and applies the data map to the archive's tables. */
export class AnonymizeArchiveData extends Command<void> {
  constructor(readonly batch: AnonymizationBatch) {
    super();
  }
}
