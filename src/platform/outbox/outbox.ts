import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../database/transaction-runner';

const MAX_DELAY_SECONDS = 60 * 60;

export interface OutboxEntry<Payload> {
  readonly id: string;
  readonly payload: Payload;
}

/** SQL that appends one message for each row of `payloads`, a SELECT with one jsonb column. */
export const appendToOutbox = (topic: string, payloads: string): string => `
  INSERT INTO outbox (topic, payload)
  SELECT '${topic}', message.payload
  FROM (${payloads}) AS message(payload)`;

/** Messages that are processed after the commit. Its methods work in the current transaction. */
@Injectable()
export class Outbox {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Locks due messages that no other transaction holds, oldest first. */
  claimDue<Payload>(topic: string, limit: number): Promise<OutboxEntry<Payload>[]> {
    return this.transaction.inIndexOrder(() =>
      this.transaction.query<OutboxEntry<Payload>>(
        `SELECT id, payload
         FROM outbox
         WHERE topic = $1 AND due_at <= now()
         ORDER BY due_at, id
         LIMIT $2
         FOR UPDATE SKIP LOCKED`,
        [topic, limit],
      ),
    );
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.transaction.execute('DELETE FROM outbox WHERE id = ANY ($1::bigint[])', [ids]);
  }

  /**
   * Schedules a retry after 2, 4, 8 … seconds, at most an hour. Uses the database clock, like all times in the table.
   */
  async defer(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.transaction.execute(
      `UPDATE outbox
       SET attempts = attempts + 1,
         due_at = now() + least(2 ^ (attempts + 1), ${MAX_DELAY_SECONDS}) * interval '1 second'
       WHERE id = ANY ($1::bigint[])`,
      [ids],
    );
  }
}
