import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import { invalid } from '../../../platform/http/validation.pipe';

const SELECT_ID_BY_CODE = 'SELECT id FROM branch WHERE code = $1';

/**
 * The id of the branch with this code, in the transaction in progress.
 *
 * @param field field of the request that has the code
 * @throws DomainError `VALIDATION_FAILED` for an unknown code
 */
export async function requireBranchId(transaction: TransactionRunner, code: string, field: string): Promise<string> {
  const [branch] = await transaction.query<{ id: string }>(SELECT_ID_BY_CODE, [code]);
  if (branch === undefined) throw invalid(field, 'UNKNOWN_REFERENCE');
  return branch.id;
}
