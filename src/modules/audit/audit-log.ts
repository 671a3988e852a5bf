import { Injectable } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
import type { ModuleName } from '../../kernel/personal-data';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { newId } from '../../platform/ids';
import type { AuditAction, AuditOutcome } from './audit-action';
import { CHECK_ANCHORED, INSERT_ENTRIES } from './queries/audit-log.queries';

/** An event to record. `details` hold ids, codes, counts and dates; never a value from a personal column. */
export interface AuditRecord {
  readonly action: AuditAction;
  readonly module: ModuleName;
  readonly outcome: AuditOutcome;
  readonly actorId: string | null;
  readonly actorRole: string | null;
  readonly customerId?: string;
  readonly runId?: string;
  readonly occurredAt?: Date;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** An entry's new id and its canonical JSON, whose bytes are hashed later. All other columns are taken from the JSON. */
export function auditEntry(record: AuditRecord, now: Date): { readonly id: string; readonly canonical: string } {
  const id = newId();
  return { id, canonical: canonicalize(contentOf(id, record, now)) };
}

/** An entry's content; canonical JSON sorts its members. */
export function contentOf(id: string, record: AuditRecord, now: Date) {
  return {
    id,
    occurredAt: (record.occurredAt ?? now).toISOString(),
    actorId: record.actorId,
    actorRole: record.actorRole,
    action: record.action,
    module: record.module,
    customerId: record.customerId ?? null,
    runId: record.runId ?? null,
    outcome: record.outcome,
    details: record.details ?? {},
  };
}

/** Writes to the append-only log, in the transaction of the recorded event: both commit, or neither. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  async record(...records: readonly AuditRecord[]): Promise<void> {
    const now = this.clock.now();
    const entries = records.map((record) => auditEntry(record, now));
    await this.transaction.executePrepared(INSERT_ENTRIES, [
      entries.map(({ id }) => id),
      entries.map(({ canonical }) => canonical),
    ]);
  }

  /**
   * Whether a signed checkpoint outside of the database covers everything that a run has committed to the log so far.
   */
  async isAnchored(runId: string): Promise<boolean> {
    const [row] = await this.transaction.queryPrepared<{ anchored: boolean }>(CHECK_ANCHORED, [runId]);
    return row!.anchored;
  }
}
