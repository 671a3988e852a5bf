import { Injectable } from '@nestjs/common';
import type { BusinessDate } from '../../../kernel/business-date';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { NIL_UUID } from '../../../platform/ids';
import { findMembersAfter } from '../../selection';
import { SELECT_RECIPIENTS } from '../queries/recipients.queries';
import type { Recipient } from './letter';

/** Customers in memory at a time. */
const CUSTOMERS_PER_BATCH = 200;

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
      yield* await this.transaction.queryAlone<Recipient>(SELECT_RECIPIENTS, [members, contractual, today]);
      if (members.length < CUSTOMERS_PER_BATCH) return;
      after = members.at(-1)!;
    }
  }
}
