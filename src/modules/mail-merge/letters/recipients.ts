import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NIL_UUID } from '../../../platform/ids';
import { CUSTOMERS, hasPostalConsent, RESIDENTIAL_ADDRESSES } from '../../customer';
import { findMembersAfter } from '../../selection';
import type { Recipient } from './letter';

/** Customers in memory at a time. */
const CUSTOMERS_PER_BATCH = 200;

/**
 * The recipients of one batch. Each batch is checked when it is read, so customers who were anonymized or merged after
 * the selection was saved get no letter. Customers who died or left are included (A13); a selection can exclude them.
 */
const RECIPIENTS = `
  SELECT c.id, c.customer_number AS "customerNumber", c.salutation, c.first_name AS "firstName",
    coalesce(c.last_name, c.company_name) AS "lastName",
    CASE WHEN c.last_name IS NOT NULL THEN c.company_name END AS "companyName", a.street, a.postal_code AS "postalCode",
      a.city
  FROM ${CUSTOMERS} c LEFT JOIN ${RESIDENTIAL_ADDRESSES} a ON a.customer_id = c.id
  WHERE c.id = ANY ($1::uuid[]) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
    AND ($2 OR ${hasPostalConsent('c.id', '$3::date')})
  ORDER BY c.id`;

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
  async *stream({ selectionId, today, contractual }: Mailing): AsyncGenerator<Recipient> {
    for (let after = NIL_UUID; ;) {
      const members = await this.transaction.run(() =>
        findMembersAfter(this.transaction, selectionId, after, CUSTOMERS_PER_BATCH),
      );
      yield* await this.transaction.run(() =>
        this.transaction.query<Recipient>(RECIPIENTS, [members, contractual, today]),
      );
      if (members.length < CUSTOMERS_PER_BATCH) return;
      after = members.at(-1)!;
    }
  }
}
