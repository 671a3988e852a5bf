import { Inject, Injectable } from '@nestjs/common';
import type { RetentionClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { KEY_ENCRYPTION_KEY } from '../archive-tokens';
import { unwrapKey } from '../crypto/key-wrap';
import { Envelopes } from './envelopes';

interface ReadableKey {
  readonly id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  readonly wrapped_key: Buffer;
}

/** The data keys of documents that the law retains: from readable to sealed, in one transaction. */
@Injectable()
export class RetainedKeys {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly envelopes: Envelopes,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  /** Re-wraps the customers' keys to the fiscal seal and drops the readable wraps; this process cannot open the documents any more. */
  async seal(customerIds: readonly string[]): Promise<void> {
    const keys = await this.transaction.queryPrepared<ReadableKey>(
      `SELECT id, customer_id, retention_class, wrapped_key FROM archive_key
       WHERE customer_id = ANY ($1::uuid[]) AND retention_class <> 'NONE' AND wrapped_key IS NOT NULL`,
      [customerIds],
    );
    if (keys.length === 0) return;
    const { envelope, id: envelopeId } = await this.envelopes.ofTransaction();
    const sealed = keys.map((key) => {
      const owner = { customerId: key.customer_id, retentionClass: key.retention_class };
      const dataKey = unwrapKey(this.keyEncryptionKey, key.wrapped_key, owner);
      const wrap = envelope.wrapKey(dataKey, owner);
      dataKey.fill(0);
      return wrap;
    });
    await this.transaction.executePrepared(
      `UPDATE archive_key k SET wrapped_key = NULL, sealed_key = v.sealed_key, envelope_id = $3
       FROM unnest($1::bigint[], $2::bytea[]) AS v(id, sealed_key) WHERE k.id = v.id`,
      [keys.map(({ id }) => id), sealed, envelopeId],
    );
  }
}
