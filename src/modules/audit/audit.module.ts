import { Global, Module } from '@nestjs/common';
import { LetheConfig } from '../../platform/config/lethe-config';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { KeyFolder } from '../../platform/keys/key-folder';
import { AnonymizationEntries } from './anonymization-entries';
import { AuditEntries } from './audit-entries';
import { AuditLog } from './audit-log';
import { EntryProofs } from './entry-proofs';
import { ExportAuditEntriesController } from './queries/export-audit-entries/export-audit-entries.controller';
import { ExportAuditEntriesHandler } from './queries/export-audit-entries/export-audit-entries.handler';
import { CheckpointExports } from './ledger/checkpoint-exports';
import { ErasureConflicts } from './ledger/erasure-conflicts';
import { Ledger } from '../../libraries/transparency-log';
import { LedgerAnchor } from './ledger/ledger-anchor';
import { LedgerCheck } from './ledger/ledger-check';
import { LedgerGate } from './ledger/ledger-gate';
import { LogKeys } from './ledger/log-keys';
import { GetCheckpointController } from './queries/get-checkpoint/get-checkpoint.controller';
import { GetCheckpointHandler } from './queries/get-checkpoint/get-checkpoint.handler';
import { GetVerificationController } from './queries/get-verification/get-verification.controller';
import { GetVerificationHandler } from './queries/get-verification/get-verification.handler';
import { ListAuditEntriesController } from './queries/list-audit-entries/list-audit-entries.controller';
import { ListAuditEntriesHandler } from './queries/list-audit-entries/list-audit-entries.handler';
import { TreeReader } from './tree/tree-reader';
import { DatabaseLog } from './verification/database-log';
import { ErasureReconciliation } from './verification/erasure-reconciliation';
import { LogVerification } from './verification/log-verification';

/** The append-only log: everybody writes to it, compliance reads it. */
@Global()
@Module({
  controllers: [
    ListAuditEntriesController,
    ExportAuditEntriesController,
    GetCheckpointController,
    GetVerificationController,
  ],
  providers: [
    AuditLog,
    AnonymizationEntries,
    AuditEntries,
    ListAuditEntriesHandler,
    ExportAuditEntriesHandler,
    EntryProofs,
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
    LedgerGate,
    LedgerCheck,
    CheckpointExports,
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
    LogVerification,
    GetCheckpointHandler,
    GetVerificationHandler,
  ],
  exports: [
    AuditLog,
    AnonymizationEntries,
    EntryProofs,
    CheckpointExports,
    ErasureConflicts,
    Ledger,
    LedgerCheck,
    LogKeys,
    ErasureReconciliation,
    LogVerification,
    TreeReader,
  ],
})
export class AuditModule {}
