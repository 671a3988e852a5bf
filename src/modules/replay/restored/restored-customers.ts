import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { type CustomerIdentity, CustomerLocks, findIdentities } from '../../customer';
import type { CustomerKey } from '../ledger/ledger-entry';

export type RestoredCustomer = CustomerIdentity;

/**
 * A customer other than the one in the ledger: another customer has the number, or the customer with the id differs.
 */
export interface Stranger {
  readonly code: 'NUMBER_TAKEN' | 'CUSTOMER_DIFFERS';
  readonly id: string;
}

/** Matches a ledger entry to a row of the restored database. Customers created after the backup are ABSENT. */
export type Match =
  | { readonly kind: 'FOUND'; readonly customer: RestoredCustomer }
  | { readonly kind: 'ABSENT' }
  | { readonly kind: 'STRANGER'; readonly stranger: Stranger };

export const isOpen = (match: Match): boolean =>
  match.kind === 'FOUND' && !match.customer.isAnonymized && match.customer.mergedIntoId === null;

/** Finds the customers of ledger entries and locks them until the transaction ends. */
@Injectable()
export class RestoredCustomers {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly locks: CustomerLocks,
  ) {}

  async lock(keys: readonly CustomerKey[]): Promise<(key: CustomerKey) => Match> {
    await this.locks.lockForAnonymization(keys.map(({ id }) => id));
    // a later statement than the lock, which may have waited for the commit that closed a customer
    const found = await findIdentities(
      this.transaction,
      keys.map(({ id }) => id),
      keys.map(({ customerNumber }) => customerNumber),
    );
    const byId = new Map(found.map((customer) => [customer.id, customer]));
    const byNumber = new Map(found.map((customer) => [customer.customerNumber, customer]));
    return (key) => match(key, byId.get(key.id), byNumber.get(key.customerNumber));
  }
}

function match(key: CustomerKey, sameId?: RestoredCustomer, sameNumber?: RestoredCustomer): Match {
  if (sameId === undefined)
    return sameNumber === undefined
      ? { kind: 'ABSENT' }
      : { kind: 'STRANGER', stranger: { code: 'NUMBER_TAKEN', id: sameNumber.id } };
  const isSame =
    sameId.customerNumber === key.customerNumber && sameId.createdAt.toISOString() === isoInstant(key.createdAt);
  return isSame
    ? { kind: 'FOUND', customer: sameId }
    : { kind: 'STRANGER', stranger: { code: 'CUSTOMER_DIFFERS', id: sameId.id } };
}

/** Null for an invalid instant, which matches no customer. */
function isoInstant(text: string): string | null {
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
