import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { ForgottenContents } from '../outbox/forgotten-contents';
import { AnonymizeArchiveData } from './anonymize-archive-data.command';
import { RetainedKeys } from './retained-keys';

/**
 * Seals the keys of retained documents, deletes the other documents, erases the archive tables and writes one audit
 * entry per customer. Contents are never rewritten: the keys alone decide what can be read (docs/concepts.md#seal).
 */
@CommandHandler(AnonymizeArchiveData)
export class AnonymizeArchiveDataHandler implements ICommandHandler<AnonymizeArchiveData> {
  constructor(
    private readonly forgotten: ForgottenContents,
    private readonly retainedKeys: RetainedKeys,
    private readonly erasure: Erasure,
  ) {}

  async execute({ batch }: AnonymizeArchiveData): Promise<void> {
    await this.forgotten.removeAfterCommit(batch.customerIds);
    await this.retainedKeys.seal(batch);
    await this.erasure.eraseAndRecord('archive', batch);
  }
}
