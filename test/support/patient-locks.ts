import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import type { TestApp } from './test-app';

/** Disables the product's lock timeout, so that no test has to release its lock within a few seconds. */
export function waitForLocksWithoutEnd(app: TestApp): jest.SpyInstance {
  const transaction = app.nest.get(TransactionRunner);
  const query = transaction.query.bind(transaction);
  return jest
    .spyOn(transaction, 'query')
    .mockImplementation((sql, parameters) => query(sql.replace(/(lock_timeout =) '\d+s'/, '$1 0'), parameters));
}
