import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { BusinessDate } from '../../kernel/business-date';
import type { Actor } from '../../platform/auth/actor';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { type AuditAction, AuditLog } from '../audit';
import { LegalHold } from './entities/legal-hold.entity';
import { LIFT_HOLDS_AGAIN, SET_HOLDS_AGAIN } from './queries/legal-holds.queries';

export interface LegalHoldInForce {
  readonly id: string;
  readonly reasonCode: string;
  readonly setOn: BusinessDate;
}

/** A change of a legal hold that a restored database lacks. */
export interface LostChange {
  readonly instant: Date;
  readonly actorId: string;
}

/** Whether a hold is in force for the customer `c`. */
export const HAS_LEGAL_HOLD = 'EXISTS (SELECT FROM legal_hold h WHERE h.customer_id = c.id AND h.lifted_at IS NULL)';

/**
 * Legal holds, with which compliance prevents the anonymization of a customer. Each change is audited. The caller has
 * locked the customers for booking.
 */
@Injectable()
export class LegalHolds {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Returns the new hold, or null when one is already in force. */
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

  isInForce(customerId: string): Promise<boolean> {
    return this.transaction.repository(LegalHold).existsBy({ customerId, liftedAt: IsNull() });
  }

  /** Returns whether a hold was in force. */
  async lift(customerId: string, actor: Actor): Promise<boolean> {
    const [hold] = await this.transaction.query<{ id: string }>(
      'UPDATE legal_hold SET lifted_at = $2, lifted_by = $3 WHERE customer_id = $1 AND lifted_at IS NULL RETURNING id',
      [customerId, this.clock.now(), actor.id],
    );
    if (hold === undefined) return false;
    await this.record('LEGAL_HOLD_LIFTED', customerId, { legalHoldId: hold.id }, actor);
    return true;
  }

  /**
   * Sets a hold again that a restored database has lost, for those customers who are open and have no hold. Returns
   * their ids.
   */
  async setAgain(
    customerIds: readonly string[],
    { reasonCode, instant, actorId }: LostChange & { readonly reasonCode: string },
  ): Promise<string[]> {
    const rows = await this.transaction.query<{ customer_id: string }>(SET_HOLDS_AGAIN, [
      customerIds,
      reasonCode,
      this.clock.today(instant),
      instant,
      actorId,
    ]);
    return rows.map(({ customer_id }) => customer_id);
  }

  /** Repeats lifts that happened after the backup. A hold that was set later stays. Returns the customers' ids. */
  async liftAgain(customerIds: readonly string[], { instant, actorId }: LostChange): Promise<string[]> {
    const rows = await this.transaction.query<{ customer_id: string }>(LIFT_HOLDS_AGAIN, [
      customerIds,
      instant,
      actorId,
    ]);
    return rows.map(({ customer_id }) => customer_id);
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
