import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import type { RetentionClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from '../archive-tokens';
import { decryptStream } from '../crypto/content-cipher';
import { unwrapKey } from '../crypto/key-wrap';
import { SELECT_SAMPLE } from '../queries/archive-sample.queries';
import type { ContentStore } from '../storage/content-store';

interface SampledDocument {
  readonly content_id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  /** null: only the fiscal seal's identity opens the content */
  readonly wrapped_key: Buffer | null;
}

const UNREADABLE = ['DOCUMENT_CONTENT_MISSING', 'DOCUMENT_CONTENT_DAMAGED', 'DATA_KEY_REFUSED'];

/**
 * Checks a random sample of the contents that the database names: each must exist in the archive folder and open with
 * its key.
 */
@Injectable()
export class ArchiveSample {
  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  /** Returns how many contents of the sample are missing or do not open. */
  async countUnreadable(): Promise<number> {
    let unreadable = 0;
    for (const document of await this.transaction.queryAlone<SampledDocument>(SELECT_SAMPLE))
      if (!(await this.isReadable(document)) && (await this.isStillNamed(document))) unreadable++;
    return unreadable;
  }

  private async isReadable(document: SampledDocument): Promise<boolean> {
    try {
      await this.readBeginning(document);
      return true;
    } catch (error) {
      if (error instanceof DomainError && UNREADABLE.includes(error.code)) return false;
      throw error;
    }
  }

  private async readBeginning({
    content_id,
    customer_id,
    retention_class,
    wrapped_key,
  }: SampledDocument): Promise<void> {
    const content = await this.store.open(content_id);
    try {
      if (wrapped_key === null) return;
      const key = unwrapKey(this.keyEncryptionKey, wrapped_key, {
        customerId: customer_id,
        retentionClass: retention_class,
      });
      const plain = content.pipe(decryptStream(key, content_id));
      key.fill(0);
      for await (const chunk of plain as AsyncIterable<Buffer>) if (chunk.length > 0) break;
    } finally {
      content.destroy();
    }
  }

  /** Whether a document still names the content, which may have been purged meanwhile. */
  private async isStillNamed({ content_id }: SampledDocument): Promise<boolean> {
    return (
      (await this.transaction.queryAlone('SELECT FROM archive_document WHERE content_id = $1', [content_id])).length > 0
    );
  }
}
