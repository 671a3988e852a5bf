import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NIL_UUID } from '../../../platform/ids';
import type { Recipient } from './letter';

/** So many are in memory at a time. */
const BATCH = 200;

/**
 * Consents to advertising by post that are in force on the day $3. A withdrawal ends every consent that was given until
 * then, also one that stands in a row of its own.
 */
const HAS_CONSENT = `EXISTS (
  SELECT FROM marketing_consent k WHERE k.customer_id = c.id AND k.channel = 'POST' AND k.granted_on <= $3::date
    AND NOT EXISTS (
    SELECT FROM marketing_consent w WHERE w.customer_id = c.id AND w.channel = 'POST'
      AND w.withdrawn_on <= $3::date AND w.withdrawn_on >= k.granted_on))`;

/**
 * Judges each batch when it is read, not when the list was saved: who has been anonymized or merged by then gets no
 * letter. Customers who died or left are still found (A13); a selection can leave them out.
 */
const RECIPIENTS = `
  SELECT c.id, c.customer_number AS "customerNumber", c.salutation, c.first_name AS "firstName",
    coalesce(c.last_name, c.company_name) AS "lastName",
    CASE WHEN c.last_name IS NOT NULL THEN c.company_name END AS "companyName", a.street, a.postal_code AS "postalCode",
      a.city
  FROM customer c LEFT JOIN address a ON a.customer_id = c.id AND a.type = 'RESIDENTIAL'
  WHERE c.id = ANY ($1::uuid[]) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL AND ($2 OR ${HAS_CONSENT})
  ORDER BY c.id`;

/**
 * The keys alone, in the order of an index: joined with their customers, all members might be sorted for each batch.
 */
const NEXT_MEMBERS = `
  SELECT customer_id FROM selection_member
  WHERE selection_id = $1 AND customer_id > $2 ORDER BY customer_id LIMIT ${BATCH}`;

export interface Mailing {
  readonly selectionId: string;
  readonly today: BusinessDate;
  /** part of a contract, not advertising: needs no consent */
  readonly contractual: boolean;
}

@Injectable()
export class Recipients {
  constructor(private readonly transaction: TransactionRunner) {}

  /** Who gets a letter, in the order of their ids, at the reader's pace. */
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
