import type { TransactionRunner } from '../../../platform/database/transaction-runner';
import { ACTIVE_ADMINISTRATORS } from '../published';

const SELECT_ACTIVE_ADMINISTRATOR = `
  SELECT
  FROM ${ACTIVE_ADMINISTRATORS} AS administrator
  WHERE id = $1`;

/** Whether the employee may act as an administrator now; reads in the transaction in progress. */
export async function isActiveAdministrator(transaction: TransactionRunner, employeeId: string): Promise<boolean> {
  const found = await transaction.query(SELECT_ACTIVE_ADMINISTRATOR, [employeeId]);
  return found.length > 0;
}
