import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import type { TestApp } from './test-app';

/** The product waits for somebody else's lock until it is let go, so that no test has to come back within the seconds that the product would wait. */
export function waitForLocksWithoutEnd(app: TestApp): jest.SpyInstance {
  const transaction = app.nest.get(TransactionRunner);
  const query = transaction.query.bind(transaction);
  return jest
    .spyOn(transaction, 'query')
    .mockImplementation((sql, parameters) => query(sql.replace(/(lock_timeout =) '\d+s'/, '$1 0'), parameters));
}
