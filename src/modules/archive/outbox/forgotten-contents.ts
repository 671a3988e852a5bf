import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';

/** Contents that nobody must keep: their rows go with the data map, the encrypted bytes follow through the outbox, and their key is gone at once. */
@Injectable()
export class ForgottenContents {
  constructor(private readonly transaction: TransactionRunner) {}

  async removeAfterCommit(customerIds: readonly string[]): Promise<void> {
    await this.transaction.executePrepared(
      `INSERT INTO outbox (topic, payload)
       SELECT 'archive.remove-content', jsonb_build_object('contentId', content_id) FROM archive_document
       WHERE customer_id = ANY ($1::uuid[]) AND retention_class = 'NONE' AND content_id IS NOT NULL`,
      [customerIds],
    );
  }
}
