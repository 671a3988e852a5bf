import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { removeContents } from './removal-message';

/**
 * Contents without a retention period: the erasure deletes their rows and keys, and the outbox removes the encrypted
 * bytes after commit.
 */
@Injectable()
export class ForgottenContents {
  constructor(private readonly transaction: TransactionRunner) {}

  async removeAfterCommit(customerIds: readonly string[]): Promise<void> {
    await this.transaction.executePrepared(
      removeContents(`
        FROM archive_document
        WHERE customer_id = ANY ($1::uuid[]) AND retention_class = 'NONE' AND content_id IS NOT NULL`),
      [customerIds],
    );
  }
}
