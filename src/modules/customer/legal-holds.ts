import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../kernel/business-date';
import type { Actor } from '../../platform/auth/actor';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { type AuditAction, AuditLog } from '../audit';

export interface LegalHoldInForce {
  readonly id: string;
  readonly reasonCode: string;
  readonly setOn: BusinessDate;
}

/** Whether a hold is in force for the customer `c`. */
export const HAS_LEGAL_HOLD = 'EXISTS (SELECT FROM legal_hold h WHERE h.customer_id = c.id AND h.lifted_at IS NULL)';

/** Holds by which compliance keeps a customer from being anonymized, each change audited with it. The customers are locked for booking. */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** The new hold, or null when one is in force already. */
  async set(customerId: string, reasonCode: string, actor: Actor): Promise<LegalHoldInForce | null> {
    const instant = this.clock.now();
    const [hold] = await this.transaction.query<LegalHoldInForce>(
      `INSERT INTO legal_hold (customer_id, reason_code, set_on, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (customer_id) WHERE lifted_at IS NULL DO NOTHING
       RETURNING id, reason_code AS "reasonCode", set_on AS "setOn"`,
      [customerId, reasonCode, this.clock.today(instant), instant, actor.id],
    );
    if (hold === undefined) return null;
    await this.record('LEGAL_HOLD_SET', customerId, { legalHoldId: hold.id, reasonCode }, actor);
    return hold;
  }

  async isInForce(customerId: string): Promise<boolean> {
    const holds = await this.transaction.query('SELECT FROM legal_hold WHERE customer_id = $1 AND lifted_at IS NULL', [
      customerId,
    ]);
    return holds.length > 0;
  }

  /** Whether there was one to lift. */
  async lift(customerId: string, actor: Actor): Promise<boolean> {
    const [hold] = await this.transaction.query<{ id: string }>(
      'UPDATE legal_hold SET lifted_at = $2, lifted_by = $3 WHERE customer_id = $1 AND lifted_at IS NULL RETURNING id',
      [customerId, this.clock.now(), actor.id],
    );
    if (hold === undefined) return false;
    await this.record('LEGAL_HOLD_LIFTED', customerId, { legalHoldId: hold.id }, actor);
    return true;
  }

  private record(
    action: AuditAction & `LEGAL_HOLD_${string}`,
    customerId: string,
    details: Readonly<Record<string, string>>,
    { id, role }: Actor,
  ): Promise<void> {
    return this.audit.record({
      action,
      module: 'customer',
      outcome: 'SUCCEEDED',
      actorId: id,
      actorRole: role,
      customerId,
      details,
    });
  }
}
