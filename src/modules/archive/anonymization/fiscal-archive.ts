import { Injectable } from '@nestjs/common';
import type { Cause } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { FISCAL_COPY, SEALED_FILE_NAME, SEALED_TITLE } from '../entities/archive-document.entity';
import { Envelopes } from './envelopes';

export interface SealedCopy {
  readonly customerId: string;
  readonly retentionUntil: BusinessDate;
  readonly content: Buffer;
}

const INSERT = `
  INSERT INTO archive_document
    (customer_id, type, title, file_name, retention_class, created_on, retention_until, media_type, size, content_id, sealed_at, sealed_content, envelope_id)
  SELECT v.customer_id, $7, $8, $9, 'VOUCHER', $10, v.retention_until, 'application/json', v.size, v.content_id, $11,
    substring($6::bytea FROM 1 + (sum(v.sealed_size) OVER (ORDER BY v.place) - v.sealed_size)::int FOR v.sealed_size), $12
  FROM unnest($1::uuid[], $2::date[], $3::bigint[], $4::uuid[], $5::int[])
    WITH ORDINALITY AS v(customer_id, retention_until, size, content_id, sealed_size, place)`;

/**
 * Stores documents that are sealed from their first moment. They lie in the database, not in the content store, because they must commit with
 * the erasure that makes them the only readable copy.
 */
@Injectable()
export class FiscalArchive {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly envelopes: Envelopes,
  ) {}

  async store(copies: readonly SealedCopy[], cause: Cause): Promise<void> {
    if (copies.length === 0) return;
    const { envelope, id: envelopeId } = await this.envelopes.ofTransaction();
    const rows = copies.map(({ customerId, retentionUntil, content }) => {
      const contentId = newId();
      return {
        customerId,
        retentionUntil,
        size: content.length,
        contentId,
        sealed: envelope.encrypt(contentId, content),
      };
    });
    // All contents as one parameter, cut apart by the database: an array of them would travel as text, twice as long.
    await this.transaction.executePrepared(INSERT, [
      rows.map((row) => row.customerId),
      rows.map((row) => row.retentionUntil),
      rows.map((row) => row.size),
      rows.map((row) => row.contentId),
      rows.map((row) => row.sealed.length),
      Buffer.concat(rows.map((row) => row.sealed)),
      FISCAL_COPY,
      SEALED_TITLE,
      SEALED_FILE_NAME,
      cause.today,
      cause.instant,
      envelopeId,
    ]);
  }
}
