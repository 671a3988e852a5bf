import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { FiscalSeal, type SealEnvelope } from '../crypto/fiscal-seal';

/** Fresh keys sealed to the fiscal seal, recorded in the transaction of what they seal. */
@Injectable()
export class Envelopes {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly seal: FiscalSeal,
  ) {}

  async use(work: (envelope: SealEnvelope, envelopeId: string) => Promise<void>): Promise<void> {
    const envelope = await this.seal.newEnvelope();
    const envelopeId = newId();
    try {
      await this.transaction.executePrepared(
        'INSERT INTO fiscal_envelope (id, recipient, sealed_key) VALUES ($1, $2, $3)',
        [envelopeId, this.seal.recipient, envelope.sealedKey],
      );
      await work(envelope, envelopeId);
    } finally {
      envelope.dispose();
    }
  }
}
