import type { TransactionRunner } from '../../../platform/database/transaction-runner';

const SELECT_ID_BY_CODE = 'SELECT id FROM branch WHERE code = $1';

/** The id of the branch with this code, in the transaction in progress. */
export async function findBranchId(transaction: TransactionRunner, code: string): Promise<string | undefined> {
  const [branch] = await transaction.query<{ id: string }>(SELECT_ID_BY_CODE, [code]);
  return branch?.id;
}
