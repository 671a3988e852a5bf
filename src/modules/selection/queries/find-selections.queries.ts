import type { TransactionRunner } from '../../../platform/database/transaction-runner';

/* What other modules look up about selections, in the transaction in progress. */

const SELECT_NAME = 'SELECT name FROM selection WHERE id = $1';

/** Undefined when there is no such selection. */
export async function findSelectionName(
  transaction: TransactionRunner,
  selectionId: string,
): Promise<string | undefined> {
  const [selection] = await transaction.query<{ name: string }>(SELECT_NAME, [selectionId]);
  return selection?.name;
}

const SELECT_IDS_BY_NAME = 'SELECT id::text FROM selection WHERE name = $1 ORDER BY id';

/** The ids of all selections with this name, oldest first. */
export async function findSelectionsCalled(transaction: TransactionRunner, name: string): Promise<string[]> {
  const selections = await transaction.query<{ id: string }>(SELECT_IDS_BY_NAME, [name]);
  return selections.map(({ id }) => id);
}

const LOCK = 'SELECT FROM selection WHERE id = $1 FOR NO KEY UPDATE';

/** Excludes other holders of this lock until the transaction ends; members can still be added. */
export async function lockSelection(transaction: TransactionRunner, selectionId: string): Promise<void> {
  await transaction.query(LOCK, [selectionId]);
}

/** A selection that a customer is a member of. */
export interface Membership {
  readonly customerId: string;
  readonly selectionId: string;
  readonly name: string;
}

const SELECT_MEMBERSHIPS = `
  SELECT member.customer_id AS "customerId", selection.id AS "selectionId", selection.name
  FROM selection_member member
  JOIN selection ON selection.id = member.selection_id
  WHERE member.customer_id = ANY ($1::uuid[])
  ORDER BY selection.id`;

/** Oldest selection first. */
export const findMemberships = (
  transaction: TransactionRunner,
  customerIds: readonly string[],
): Promise<Membership[]> => transaction.query<Membership>(SELECT_MEMBERSHIPS, [customerIds]);

const COUNT_MEMBERSHIPS = 'SELECT count(*)::int AS count FROM selection_member WHERE customer_id = $1';

/** The number of selections that a customer is a member of. */
export async function countMemberships(transaction: TransactionRunner, customerId: string): Promise<number> {
  const { count } = await transaction.one<{ count: number }>(COUNT_MEMBERSHIPS, [customerId]);
  return count;
}

interface Member {
  readonly customer_id: string;
}

const SELECT_MEMBERS = 'SELECT customer_id FROM selection_member WHERE selection_id = $1';

/** All members; for selections that fit in memory. */
export async function findMembers(transaction: TransactionRunner, selectionId: string): Promise<string[]> {
  const members = await transaction.query<Member>(SELECT_MEMBERS, [selectionId]);
  return members.map(({ customer_id }) => customer_id);
}

/** Keys only, in the order of an index: joined with their customers, all members might be sorted for each page. */
const SELECT_NEXT_MEMBERS = `
  SELECT customer_id
  FROM selection_member
  WHERE selection_id = $1 AND customer_id > $2
  ORDER BY customer_id
  LIMIT $3`;

/** A page of the members in the order of their ids. */
export async function findMembersAfter(
  transaction: TransactionRunner,
  selectionId: string,
  afterId: string,
  limit: number,
): Promise<string[]> {
  const members = await transaction.inIndexOrder(() =>
    transaction.query<Member>(SELECT_NEXT_MEMBERS, [selectionId, afterId, limit]),
  );
  return members.map(({ customer_id }) => customer_id);
}
