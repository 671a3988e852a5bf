import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NIL_UUID } from '../../../platform/ids';
import type { Recipient } from './letter';

/** Customers in memory at a time. */
const BATCH = 200;

/**
 * Whether the customer's consent to advertising by post is in force on day $3. A withdrawal ends every consent that was
 * granted until then, even when it is recorded in a row of its own.
 */
const HAS_CONSENT = `EXISTS (
  SELECT FROM marketing_consent k WHERE k.customer_id = c.id AND k.channel = 'POST' AND k.granted_on <= $3::date
    AND NOT EXISTS (
    SELECT FROM marketing_consent w WHERE w.customer_id = c.id AND w.channel = 'POST'
      AND w.withdrawn_on <= $3::date AND w.withdrawn_on >= k.granted_on))`;

/**
 * The recipients of one batch. Each batch is checked when it is read, so customers who were anonymized or merged after
 * the selection was saved get no letter. Customers who died or left are included (A13); a selection can exclude them.
 */
const RECIPIENTS = `
  SELECT c.id, c.customer_number AS "customerNumber", c.salutation, c.first_name AS "firstName",
    coalesce(c.last_name, c.company_name) AS "lastName",
    CASE WHEN c.last_name IS NOT NULL THEN c.company_name END AS "companyName", a.street, a.postal_code AS "postalCode",
      a.city
  FROM customer c LEFT JOIN address a ON a.customer_id = c.id AND a.type = 'RESIDENTIAL'
  WHERE c.id = ANY ($1::uuid[]) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL AND ($2 OR ${HAS_CONSENT})
  ORDER BY c.id`;

/** Reads ids only, in index order. A join with the customers might sort all members for each batch. */
const NEXT_MEMBERS = `
  SELECT customer_id FROM selection_member
  WHERE selection_id = $1 AND customer_id > $2 ORDER BY customer_id LIMIT ${BATCH}`;

export interface Mailing {
  readonly selectionId: string;
  readonly today: BusinessDate;
  /** The letter is part of a contract, not advertising, and needs no consent. */
  readonly contractual: boolean;
}

@Injectable()
export class Recipients {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Streams the recipients in the order of their ids, at the reader's pace. */
  async *of({ selectionId, today, contractual }: Mailing): AsyncGenerator<Recipient> {
    for (let after = NIL_UUID; ;) {
      const members = await this.membersAfter(selectionId, after);
      yield* await this.transaction.run(() =>
        this.transaction.query<Recipient>(RECIPIENTS, [members, contractual, today]),
      );
      if (members.length < BATCH) return;
      after = members.at(-1)!;
    }
  }

  private async membersAfter(selectionId: string, after: string): Promise<string[]> {
    const rows = await this.transaction.run(() =>
      this.transaction.inIndexOrder(() =>
        this.transaction.query<{ customer_id: string }>(NEXT_MEMBERS, [selectionId, after]),
      ),
    );
    return rows.map(({ customer_id }) => customer_id);
  }
}
