import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import type { RetentionClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type AnonymizedCustomer, findAnonymized } from '../../customer';
import { KEY_OF_DOCUMENT } from '../archive-keys';

const CUSTOMERS_PER_BATCH = 200;

/** A document of an anonymized customer. Either `sealedContent` or `sealedKey` is set. */
export interface SealedDocument {
  readonly id: string;
  readonly type: string;
  readonly mediaType: string | null;
  readonly retentionClass: RetentionClass;
  readonly retentionUntil: BusinessDate;
  readonly contentId: string;
  readonly envelopeId: string;
  /** the content itself, encrypted under the envelope's key */
  readonly sealedContent: Buffer | null;
  /** the data key of a content in the store, encrypted under the envelope's key */
  readonly sealedKey: Buffer | null;
}

/** Documents in the archive under the fiscal seal. */
@Injectable()
export class SealedDocuments {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Anonymized customers in the order of their ids: all of them, or the one with this number. */
  async *customers(customerNumber: string | null): AsyncGenerator<AnonymizedCustomer> {
    let after: string | null = null;
    for (;;) {
      const customers = await this.customersAfter(after, customerNumber);
      yield* customers;
      if (customers.length < CUSTOMERS_PER_BATCH) return;
      after = customers.at(-1)!.id;
    }
  }

  private customersAfter(after: string | null, customerNumber: string | null): Promise<AnonymizedCustomer[]> {
    return this.transaction.run(() => findAnonymized(this.transaction, customerNumber, after, CUSTOMERS_PER_BATCH));
  }

  findForCustomer(customerId: string): Promise<SealedDocument[]> {
    return this.query<SealedDocument>(
      `SELECT d.id, d.type, d.media_type AS "mediaType", d.retention_class AS "retentionClass",
          d.retention_until AS "retentionUntil", d.content_id AS "contentId",
         coalesce(d.envelope_id, k.envelope_id) AS "envelopeId", d.sealed_content AS "sealedContent",
           k.sealed_key AS "sealedKey"
       FROM archive_document d LEFT JOIN archive_key k ON d.sealed_content IS NULL AND ${KEY_OF_DOCUMENT}
       WHERE d.customer_id = $1 AND d.content_id IS NOT NULL
         AND (d.sealed_content IS NOT NULL OR k.sealed_key IS NOT NULL)
       ORDER BY d.id`,
      [customerId],
    );
  }

  /** The key of an envelope, sealed to the offline identity. */
  async sealedKeyOf(envelopeId: string): Promise<string> {
    const [envelope] = await this.query<{ sealed_key: string }>(
      'SELECT sealed_key FROM fiscal_envelope WHERE id = $1',
      [envelopeId],
    );
    return envelope!.sealed_key;
  }

  private query<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    return this.transaction.run(() => this.transaction.query<Row>(sql, parameters));
  }
}
