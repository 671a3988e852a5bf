import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { FiscalSeal, type SealEnvelope } from '../crypto/fiscal-seal';

interface OpenEnvelope {
  readonly id: string;
  readonly envelope: SealEnvelope;
}

type OpenEnvelopes = Map<BusinessDate, OpenEnvelope>;

/**
 * Fresh keys sealed to the fiscal seal: one envelope per transaction and last day of retention. After an envelope is
 * deleted, nothing opens the contents that fall due with it. The keys are wiped when the transaction ends.
 */
@Injectable()
export class Envelopes {
  private readonly open = new WeakMap<object, OpenEnvelopes>();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly seal: FiscalSeal,
  ) {}

  /** The transaction's envelopes for contents that are kept until these days. */
  async findOrCreate(days: readonly BusinessDate[]): Promise<ReadonlyMap<BusinessDate, OpenEnvelope>> {
    const { identity } = this.transaction;
    const open = this.open.get(identity) ?? this.begin(identity);
    const missing = [...new Set(days)].filter((day) => !open.has(day));
    for (const day of missing) open.set(day, { id: newId(), envelope: this.seal.newEnvelope() });
    if (missing.length > 0) await this.record(missing.map((day) => [day, open.get(day)!]));
    return open;
  }

  private begin(transaction: object): OpenEnvelopes {
    const open: OpenEnvelopes = new Map();
    this.open.set(transaction, open);
    this.transaction.afterEnd(() => {
      for (const { envelope } of open.values()) envelope.dispose();
    });
    return open;
  }

  private async record(envelopes: readonly (readonly [BusinessDate, OpenEnvelope])[]): Promise<void> {
    await this.transaction.executePrepared(
      `INSERT INTO fiscal_envelope (id, recipient, sealed_key, retention_until)
       SELECT v.id, $4, v.sealed_key, v.retention_until
       FROM unnest($1::uuid[], $2::text[], $3::date[]) AS v(id, sealed_key, retention_until)`,
      [
        envelopes.map(([, { id }]) => id),
        envelopes.map(([, { envelope }]) => envelope.sealedKey),
        envelopes.map(([day]) => day),
        this.seal.recipient,
      ],
    );
  }
}
