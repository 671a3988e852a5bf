import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { newId } from '../../../platform/ids';
import { FiscalSeal, type SealEnvelope } from '../crypto/fiscal-seal';

interface OpenEnvelope {
  readonly id: string;
  readonly envelope: SealEnvelope;
}

/** Fresh keys sealed to the fiscal seal, one for all that a transaction seals: it is recorded there, and wiped when that ends. */
@Injectable()
export class Envelopes {
  private readonly open = new WeakMap<object, OpenEnvelope>();

  constructor(
    private readonly transaction: TransactionRunner,
    private readonly seal: FiscalSeal,
  ) {}

  async ofTransaction(): Promise<OpenEnvelope> {
    const { manager } = this.transaction;
    const known = this.open.get(manager);
    if (known !== undefined) return known;
    const envelope = await this.seal.newEnvelope();
    this.transaction.afterEnd(() => envelope.dispose());
    const opened = { id: newId(), envelope };
    this.open.set(manager, opened);
    await this.transaction.executePrepared(
      'INSERT INTO fiscal_envelope (id, recipient, sealed_key) VALUES ($1, $2, $3)',
      [opened.id, this.seal.recipient, envelope.sealedKey],
    );
    return opened;
  }
}
