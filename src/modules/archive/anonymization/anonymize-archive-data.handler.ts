import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { EffectsByCustomer } from '../../../kernel/anonymization-step';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';
import { Erasure } from '../../data-map';
import { AnonymizeArchiveData } from './anonymize-archive-data.command';
import { RetainedKeys } from './retained-keys';

/** What is sealed is decided by keys alone: contents are never rewritten (architecture section 5). */
@CommandHandler(AnonymizeArchiveData)
export class AnonymizeArchiveDataHandler implements ICommandHandler<AnonymizeArchiveData> {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly retainedKeys: RetainedKeys,
    private readonly erasure: Erasure,
    private readonly audit: AuditLog,
  ) {}

  async execute({ set }: AnonymizeArchiveData): Promise<EffectsByCustomer> {
    await this.forgetContentsNobodyMustKeep(set.customerIds);
    await this.retainedKeys.seal(set.customerIds);
    const effects = await this.erasure.apply(['archive'], set);
    await this.audit.recordAnonymized('archive', set, effects);
    return effects;
  }

  /** The rows go with the data map; the encrypted bytes follow through the outbox, and their key is gone at once. */
  private async forgetContentsNobodyMustKeep(customerIds: readonly string[]): Promise<void> {
    await this.transaction.execute(
      `INSERT INTO outbox (topic, payload)
       SELECT 'archive.remove-content', jsonb_build_object('contentId', content_id) FROM archive_document
       WHERE customer_id = ANY ($1::uuid[]) AND retention_class = 'NONE' AND content_id IS NOT NULL`,
      [customerIds],
    );
  }
}
