import type { TransactionRunner } from '../../../platform/database/transaction-runner';

const COUNT_READY_ITEMS = `
  SELECT count(*)::int AS count
  FROM anonymization_run_item item
    JOIN anonymization_run run ON run.id = item.run_id
  WHERE item.customer_id = $1
    AND item.state = 'READY'
    AND run.state IN ('PREVIEWED', 'RUNNING', 'PAUSED')`;

/** The number of runs that are still going to anonymize the customer, in the transaction in progress. */
export async function countRunsReadyFor(transaction: TransactionRunner, customerId: string): Promise<number> {
  const { count } = await transaction.one<{ count: number }>(COUNT_READY_ITEMS, [customerId]);
  return count;
}
