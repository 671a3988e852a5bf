import { pipeline, type Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { RetentionClass } from '../../kernel/retention';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { KEY_OF_DOCUMENT } from './archive-keys';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from './archive-tokens';
import { decryptStream } from './crypto/content-cipher';
import { unwrapKey } from './crypto/key-wrap';
import type { ContentStore } from './storage/content-store';

export interface ReadableDocument {
  readonly id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  readonly file_name: string | null;
  readonly media_type: string | null;
  readonly content_id: string;
  readonly wrapped_key: Buffer;
}

/** Contents that this process can decrypt: their keys are not sealed. */
@Injectable()
export class ReadableContents {
  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(CONTENT_STORE) private readonly store: ContentStore,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  /**
   * The customer's document with its key, or undefined when there is no such document or it has no readable content.
   */
  async find(documentId: string, customerId: string): Promise<ReadableDocument | undefined> {
    const [document] = await this.select('d.id = $1 AND d.customer_id = $2', [documentId, customerId]);
    return document;
  }

  /** The customer's documents with a readable content, with their keys, oldest first. */
  ofCustomer(customerId: string): Promise<ReadableDocument[]> {
    return this.select('d.customer_id = $1', [customerId]);
  }

  /**
   * Decrypts a content. The key is wiped from memory when the stream is returned. Errors as in `content-cipher` and
   * `content-store`.
   */
  async open(document: ReadableDocument): Promise<Readable> {
    const owner = { customerId: document.customer_id, retentionClass: document.retention_class };
    const dataKey = unwrapKey(this.keyEncryptionKey, document.wrapped_key, owner);
    try {
      const encrypted = await this.store.open(document.content_id);
      // the second stream reports the error of either stream to the reader
      return pipeline(encrypted, decryptStream(dataKey, document.content_id), () => undefined);
    } finally {
      dataKey.fill(0);
    }
  }
  private select(condition: string, parameters: readonly string[]): Promise<ReadableDocument[]> {
    return this.transaction.query<ReadableDocument>(
      `SELECT d.id, d.customer_id, d.retention_class, d.file_name, d.media_type, d.content_id, k.wrapped_key
       FROM archive_document d JOIN archive_key k ON ${KEY_OF_DOCUMENT}
       WHERE ${condition} AND d.content_id IS NOT NULL AND k.wrapped_key IS NOT NULL ORDER BY d.id`,
      parameters,
    );
  }
}
