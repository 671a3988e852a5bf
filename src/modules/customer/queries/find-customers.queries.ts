import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import { recipientAddressOf, recipientNameOf } from '../recipient';

/* What other modules look up about customers. The functions read in the transaction in progress. */

export interface CustomerState {
  readonly customerNumber: string;
  readonly anonymizedAt: Date | null;
}

/** $1 customer. */
export const SELECT_CUSTOMER_STATE = `
  SELECT customer_number AS "customerNumber", anonymized_at AS "anonymizedAt"
  FROM customer
  WHERE id = $1`;

export async function findCustomer(
  transaction: TransactionRunner,
  customerId: string,
): Promise<CustomerState | undefined> {
  const [customer] = await transaction.query<CustomerState>(SELECT_CUSTOMER_STATE, [customerId]);
  return customer;
}

/** No row when there is no customer. */
export const SELECT_ANY_CUSTOMER = 'SELECT FROM customer LIMIT 1';

/** $1 numbers. */
export const SELECT_IDS_BY_NUMBER = `
  SELECT id, customer_number AS number
  FROM customer
  WHERE customer_number = ANY ($1::text[])`;

const COUNT_CUSTOMERS = `
  SELECT count(*)::int AS count
  FROM customer
  WHERE id = ANY ($1::uuid[])`;

/** How many of the ids are customers. */
export async function countCustomers(transaction: TransactionRunner, customerIds: readonly string[]): Promise<number> {
  const { count } = await transaction.one<{ count: number }>(COUNT_CUSTOMERS, [customerIds]);
  return count;
}

/** The fields that show whether two records belong to the same customer. */
export interface CustomerIdentity {
  readonly id: string;
  readonly customerNumber: string;
  readonly createdAt: Date;
  readonly isAnonymized: boolean;
  readonly mergedIntoId: string | null;
}

const SELECT_IDENTITIES = `
  SELECT id, customer_number AS "customerNumber", created_at AS "createdAt",
    anonymized_at IS NOT NULL AS "isAnonymized", merged_into_id AS "mergedIntoId"
  FROM customer
  WHERE id = ANY ($1::uuid[]) OR customer_number = ANY ($2::text[])`;

/** The customers who have one of the ids or one of the numbers. */
export const findIdentities = (
  transaction: TransactionRunner,
  customerIds: readonly string[],
  customerNumbers: readonly string[],
): Promise<CustomerIdentity[]> =>
  transaction.query<CustomerIdentity>(SELECT_IDENTITIES, [customerIds, customerNumbers]);

export interface AnonymizedCustomer {
  readonly id: string;
  readonly customerNumber: string;
}

const SELECT_ANONYMIZED = `
  SELECT id, customer_number AS "customerNumber"
  FROM customer
  WHERE anonymized_at IS NOT NULL AND ($1::text IS NULL OR customer_number = $1) AND ($2::uuid IS NULL OR id > $2)
  ORDER BY id
  LIMIT $3`;

/** A page of the anonymized customers in the order of their ids: of all of them, or of the one with this number. */
export const findAnonymized = (
  transaction: TransactionRunner,
  customerNumber: string | null,
  afterId: string | null,
  limit: number,
): Promise<AnonymizedCustomer[]> =>
  transaction.query<AnonymizedCustomer>(SELECT_ANONYMIZED, [customerNumber, afterId, limit]);

export interface CustomerRecipient {
  readonly recipientName: string | null;
  readonly recipientAddress: string | null;
}

const SELECT_RECIPIENT = `
  SELECT ${recipientNameOf('customer')} AS "recipientName", ${recipientAddressOf('customer.id')} AS "recipientAddress"
  FROM customer
  WHERE customer.id = $1`;

/** A customer's name, and the invoice address, the residential one, or any. */
export const findRecipient = (transaction: TransactionRunner, customerId: string): Promise<CustomerRecipient> =>
  transaction.one<CustomerRecipient>(SELECT_RECIPIENT, [customerId]);

export interface Residence {
  readonly street: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
}

const SELECT_RESIDENCE = `
  SELECT address.street, address.postal_code AS "postalCode", address.city
  FROM (SELECT) AS one
  LEFT JOIN address ON address.customer_id = $1 AND address.type = 'RESIDENTIAL'`;

/** A customer's residential address; empty without one. */
export const findResidence = (transaction: TransactionRunner, customerId: string): Promise<Residence> =>
  transaction.one<Residence>(SELECT_RESIDENCE, [customerId]);
