import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Erasure } from '../../data-map';
import { ForgottenContents } from '../outbox/forgotten-contents';
import { AnonymizeArchiveData } from './anonymize-archive-data.command';
import { RetainedKeys } from './retained-keys';

/** What is sealed is decided by keys alone: contents are never rewritten (architecture section 5). */
@CommandHandler(AnonymizeArchiveData)
export class AnonymizeArchiveDataHandler implements ICommandHandler<AnonymizeArchiveData> {
  constructor(
    private readonly forgotten: ForgottenContents,
    private readonly retainedKeys: RetainedKeys,
    private readonly erasure: Erasure,
  ) {}

  async execute({ set }: AnonymizeArchiveData): Promise<void> {
    await this.forgotten.removeAfterCommit(set.customerIds);
    await this.retainedKeys.seal(set);
    await this.erasure.apply('archive', set);
  }
}
