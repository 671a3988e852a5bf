import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import type { RetentionClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type AnonymizedCustomer, findAnonymized } from '../../customer';
import { SELECT_SEALED } from '../queries/sealed-documents.queries';

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
    return this.query<SealedDocument>(SELECT_SEALED, [customerId]);
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
    return this.transaction.queryAlone<Row>(sql, parameters);
  }
}
