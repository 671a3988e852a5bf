import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AuditLog } from '../audit';
import type { ReplayConflict } from './replay-tally';

/** Writes conflicts down, so that none is lost with the output of a command. */
@Injectable()
export class ReplayConflicts {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
  ) {}

  /** Each once, however often a replay is broken off and begun again. */
  async record(conflicts: readonly ReplayConflict[]): Promise<void> {
    if (conflicts.length === 0) return;
    const known = await this.transaction.query<{ entry_id: string }>(
      `SELECT e.content -> 'details' ->> 'entryId' AS entry_id FROM audit.entry e
       WHERE e.content ->> 'customerId' = ANY ($1::text[]) AND e.content ->> 'action' = 'ERASURE_REPLAYED'
         AND e.content ->> 'outcome' = 'REFUSED'`,
      [conflicts.map(({ customerId }) => customerId)],
    );
    const fresh = conflicts.filter(({ entryId }) => !known.some(({ entry_id }) => entry_id === entryId));
    if (fresh.length === 0) return;
    await this.audit.record(
      ...fresh.map(({ entryId, customerId, code, otherCustomerId }) => ({
        action: 'ERASURE_REPLAYED' as const,
        module: 'customer' as const,
        outcome: 'REFUSED' as const,
        actorId: null,
        actorRole: null,
        customerId,
        details: { code: 'LEDGER_CONFLICT', conflict: code, entryId, otherCustomerId },
      })),
    );
  }
}
