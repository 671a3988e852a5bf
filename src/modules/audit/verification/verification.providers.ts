import type { Provider } from '@nestjs/common';
import { Ledger } from '../../../libraries/transparency-log';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { DatabaseLog } from './database-log';
import { ErasureReconciliation } from './erasure-reconciliation';

/** Verifiers of the database's log, for the product and for `audit:verify`. They only read, and need `Ledger`. */
export const VERIFICATION_PROVIDERS: readonly Provider[] = [
  {
    provide: DatabaseLog,
    inject: [TransactionRunner, Ledger],
    useFactory: (transaction: TransactionRunner, ledger: Ledger) =>
      new DatabaseLog((sql, parameters) => transaction.readAlone(sql, parameters), ledger),
  },
  {
    provide: ErasureReconciliation,
    inject: [TransactionRunner],
    useFactory: (transaction: TransactionRunner) =>
      new ErasureReconciliation((sql, parameters) => transaction.readAlone(sql, parameters)),
  },
];
