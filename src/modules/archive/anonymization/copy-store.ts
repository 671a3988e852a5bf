import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import type { StatutoryClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newIds } from '../../../platform/ids';
import { SEALED_COPY, SEALED_FILE_NAME, SEALED_TITLE } from '../entities/archive-document.entity';
import { Envelopes } from './envelopes';

export interface SealedCopy {
  readonly customerId: string;
  readonly retentionClass: StatutoryClass;
  readonly retentionUntil: BusinessDate;
  readonly content: Buffer;
}

const INSERT = `
  INSERT INTO archive_document (
    customer_id, type, title, file_name, retention_class, created_on, retention_until, media_type, size, content_id,
    sealed_at, sealed_content, envelope_id)
  SELECT v.customer_id, $9, $10, $11, v.retention_class, $12, v.retention_until, 'application/json', v.size,
    v.content_id,
    $13, substring($8::bytea FROM 1 + (sum(v.sealed_size) OVER (ORDER BY v.place) - v.sealed_size)::int FOR v.sealed_size),
    v.envelope_id
  FROM unnest($1::uuid[], $2::text[], $3::date[], $4::bigint[], $5::uuid[], $6::int[], $7::uuid[])
    WITH ORDINALITY AS v(customer_id, retention_class, retention_until, size, content_id, sealed_size, envelope_id,
      place)`;

/**
 * Stores copies that are sealed from the start. They are in the database, not in the content store, because they must
 * commit with the erasure that makes them the only readable copy.
 */
@Injectable()
export class CopyStore {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly envelopes: Envelopes,
  ) {}

  async add(copies: readonly SealedCopy[], context: AnonymizationContext): Promise<void> {
    if (copies.length === 0) return;
    const envelopes = await this.envelopes.findOrCreate(copies.map(({ retentionUntil }) => retentionUntil));
    const ids = newIds(copies.length);
    const sealed = copies.map(({ retentionUntil, content }, index) =>
      envelopes.get(retentionUntil)!.envelope.encrypt(ids[index]!, content),
    );
    // One parameter for all contents, which the database splits: an array would be sent as text, at twice the length.
    await this.transaction.executePrepared(INSERT, [
      copies.map((copy) => copy.customerId),
      copies.map((copy) => copy.retentionClass),
      copies.map((copy) => copy.retentionUntil),
      copies.map((copy) => copy.content.length),
      ids,
      sealed.map((content) => content.length),
      copies.map((copy) => envelopes.get(copy.retentionUntil)!.id),
      Buffer.concat(sealed),
      SEALED_COPY,
      SEALED_TITLE,
      SEALED_FILE_NAME,
      context.today,
      context.instant,
    ]);
  }
}
