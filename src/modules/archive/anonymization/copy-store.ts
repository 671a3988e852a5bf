import { Injectable } from '@nestjs/common';
import type { AnonymizationContext } from '../../../kernel/anonymization-step';
import type { BusinessDate } from '../../../kernel/business-date';
import type { StatutoryClass } from '../../../kernel/retention';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newIds } from '../../../platform/ids';
import { SEALED_COPY, SEALED_FILE_NAME, SEALED_TITLE } from '../entities/archive-document.entity';
import { INSERT_SEALED_COPIES } from '../queries/sealed-copies.queries';
import { Envelopes } from './envelopes';

export interface SealedCopy {
  readonly customerId: string;
  readonly retentionClass: StatutoryClass;
  readonly retentionUntil: BusinessDate;
  readonly content: Buffer;
}

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
    await this.transaction.executePrepared(INSERT_SEALED_COPIES, [
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
