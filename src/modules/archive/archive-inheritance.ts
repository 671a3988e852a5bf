import { Inject, Injectable } from '@nestjs/common';
import type { RetentionClass } from '../../kernel/retention';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { KEY_ENCRYPTION_KEY } from './archive-tokens';
import { unwrapKey, wrapKey } from './crypto/key-wrap';

interface MovingKey {
  readonly id: string;
  readonly retention_class: RetentionClass;
  readonly wrapped_key: Buffer;
}

/** The archive's part of a merge. Contents are not rewritten: their keys move with them. */
@Injectable()
export class ArchiveInheritance {
  constructor(
    private readonly transaction: TransactionRunner,
    @Inject(KEY_ENCRYPTION_KEY) private readonly keyEncryptionKey: Buffer,
  ) {}

  /**
   * Moves the source's documents with their keys to the target. Returns the number of rows per table, without zeros.
   * Both customers are locked.
   */
  async move(sourceId: string, targetId: string): Promise<Readonly<Record<string, number>>> {
    await this.transaction.query('SET CONSTRAINTS ALL DEFERRED');
    await this.nameKeys(sourceId);
    const keys = await this.moveKeys(sourceId, targetId);
    const documents = await this.transaction.execute(
      'UPDATE archive_document SET customer_id = $2 WHERE customer_id = $1',
      [sourceId, targetId],
    );
    return Object.fromEntries(
      Object.entries({ archive_key: keys, archive_document: documents }).filter(([, rows]) => rows > 0),
    );
  }

  /** Sets the key id of documents under the source's own key, since the target has a key of its own. */
  private async nameKeys(sourceId: string): Promise<void> {
    await this.transaction.execute(
      `UPDATE archive_document d SET key_id = k.id FROM archive_key k
       WHERE d.customer_id = $1 AND d.content_id IS NOT NULL AND d.key_id IS NULL
         AND k.customer_id = d.customer_id AND k.retention_class = d.retention_class AND NOT k.inherited`,
      [sourceId],
    );
  }

  /** Re-wraps each key for the target, since a wrap is bound to its customer. */
  private async moveKeys(sourceId: string, targetId: string): Promise<number> {
    const keys = await this.transaction.query<MovingKey>(
      'SELECT id, retention_class, wrapped_key FROM archive_key WHERE customer_id = $1',
      [sourceId],
    );
    const wraps = keys.map(({ retention_class: retentionClass, wrapped_key }) => {
      const dataKey = unwrapKey(this.keyEncryptionKey, wrapped_key, { customerId: sourceId, retentionClass });
      const wrap = wrapKey(this.keyEncryptionKey, dataKey, { customerId: targetId, retentionClass });
      dataKey.fill(0);
      return wrap;
    });
    return this.transaction.execute(
      `UPDATE archive_key k SET customer_id = $3, inherited = true, wrapped_key = v.wrapped_key
       FROM unnest($1::bigint[], $2::bytea[]) AS v(id, wrapped_key) WHERE k.id = v.id`,
      [keys.map(({ id }) => id), wraps, targetId],
    );
  }
}
