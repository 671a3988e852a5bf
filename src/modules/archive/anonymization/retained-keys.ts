import { Inject, Injectable } from '@nestjs/common';
import type { AnonymizationBatch } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import type { RetentionClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { KEY_ENCRYPTION_KEY } from '../archive-tokens';
import { unwrapKey } from '../crypto/key-wrap';
import { SELECT_RETAINED_KEYS } from '../queries/retained-keys.queries';
import { Envelopes } from './envelopes';

interface ReadableKey {
  readonly id: string;
  readonly customer_id: string;
  readonly retention_class: RetentionClass;
  readonly wrapped_key: Buffer;
  /** last day of the last document that the key opens; today when it opens none */
  readonly until: BusinessDate;
}

/** Moves the data keys of retained documents from readable to sealed, in one transaction. */
@Injectable()
export class RetainedKeys {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly envelopes: Envelopes,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  /**
   * Re-wraps the customers' keys to the fiscal seal and drops the readable wraps. This process can no longer open the
   * documents afterwards.
   */
  async seal({ customerIds, context }: AnonymizationBatch): Promise<void> {
    const keys = await this.transaction.queryPrepared<ReadableKey>(SELECT_RETAINED_KEYS, [customerIds, context.today]);
    if (keys.length === 0) return;
    const envelopes = await this.envelopes.findOrCreate(keys.map(({ until }) => until));
    const sealed = keys.map((key) => {
      const owner = { customerId: key.customer_id, retentionClass: key.retention_class };
      const dataKey = unwrapKey(this.keyEncryptionKey, key.wrapped_key, owner);
      const wrap = envelopes.get(key.until)!.envelope.wrapKey(dataKey, owner);
      dataKey.fill(0);
      return wrap;
    });
    await this.transaction.executePrepared(
      `UPDATE archive_key k SET wrapped_key = NULL, sealed_key = v.sealed_key, envelope_id = v.envelope_id
       FROM unnest($1::bigint[], $2::bytea[], $3::uuid[]) AS v(id, sealed_key, envelope_id) WHERE k.id = v.id`,
      [keys.map(({ id }) => id), sealed, keys.map(({ until }) => envelopes.get(until)!.id)],
    );
  }
}
