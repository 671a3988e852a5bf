import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { AuditLog } from '../../audit';
import { SEAL_NAME } from './bound-seal';

/** Replaces the known fiscal seal. Documents sealed before still need the identity of the previous seal. */
@Injectable()
export class SealRotation {
  constructor(
    /** of the owner, who alone may replace a fingerprint */
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** Whether the seal was another one before; an audit entry names both recipients. */
  rotate(recipient: string): Promise<boolean> {
    return this.transaction.run(async () => {
      const [known] = await this.transaction.query<{ fingerprint: string }>(
        'SELECT fingerprint FROM key_fingerprint WHERE name = $1 FOR UPDATE',
        [SEAL_NAME],
      );
      if (known?.fingerprint === recipient) return false;
      await this.transaction.execute(
        `INSERT INTO key_fingerprint (name, fingerprint)
         VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET fingerprint = excluded.fingerprint, recorded_at = now()`,
        [SEAL_NAME, recipient],
      );
      await this.audit.record({
        action: 'FISCAL_SEAL_CHANGED',
        module: 'archive',
        outcome: 'SUCCEEDED',
        actorId: null,
        actorRole: null,
        details: { from: known?.fingerprint ?? null, to: recipient },
      });
      return true;
    });
  }
}
