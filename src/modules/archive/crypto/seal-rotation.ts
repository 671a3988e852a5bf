import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { KeyFingerprints } from '../../../platform/keys/key-fingerprints';
import { AuditLog } from '../../audit';
import { SEAL_NAME } from './bound-seal';

/** Replaces the recorded fiscal seal. Documents sealed earlier still need the identity of the previous seal. */
@Injectable()
export class SealRotation {
  constructor(
    /** runs as the owner, who alone may replace a fingerprint */
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** Returns whether the recorded seal changed. An audit entry names both recipients. */
  rotate(recipient: string): Promise<boolean> {
    const fingerprints = new KeyFingerprints((sql, parameters) => this.transaction.query(sql, parameters));
    return this.transaction.run(async () => {
      const previous = await fingerprints.replace(SEAL_NAME, recipient);
      if (previous === recipient) return false;
      await this.audit.record({
        action: 'FISCAL_SEAL_CHANGED',
        module: 'archive',
        outcome: 'SUCCEEDED',
        actorId: null,
        actorRole: null,
        details: { from: previous, to: recipient },
      });
      return true;
    });
  }
}
