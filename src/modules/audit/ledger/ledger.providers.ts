import type { Provider } from '@nestjs/common';
import { Ledger } from '../../../libraries/transparency-log';
import { LetheConfig } from '../../../platform/config/lethe-config';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { KeyFolder } from '../../../platform/keys/key-folder';
import { AuditLog } from '../audit-log';
import { TreeReader } from '../tree/tree-reader';
import { ErasureConflicts } from './erasure-conflicts';
import { LedgerAnchor } from './ledger-anchor';
import { LogKeys } from './log-keys';

/**
 * Providers of the log, its ledger and its keys, for the product and for the commands. They need `KeyFolder` and start
 * nothing.
 */
export const LEDGER_PROVIDERS: readonly Provider[] = [
  AuditLog,
  TreeReader,
  {
    provide: Ledger,
    inject: [LetheConfig],
    useFactory: ({ ledgerFolder }: LetheConfig) => new Ledger(ledgerFolder),
  },
  {
    provide: LogKeys,
    inject: [KeyFolder, TransactionRunner],
    useFactory: (keys: KeyFolder, transaction: TransactionRunner) => LogKeys.openFor(keys, transaction.queryAlone),
  },
  LedgerAnchor,
  ErasureConflicts,
];
