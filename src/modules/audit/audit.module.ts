import { Module } from '@nestjs/common';
import { AnonymizationEntries } from './anonymization-entries';
import { AuditEntries } from './audit-entries';
import { AuditLog } from './audit-log';
import { DataMapEntries } from './data-map-entries';
import { EntryProofs } from './entry-proofs';
import { ExportAuditEntriesController } from './queries/export-audit-entries/export-audit-entries.controller';
import { ExportAuditEntriesHandler } from './queries/export-audit-entries/export-audit-entries.handler';
import { CheckpointExports } from './ledger/checkpoint-exports';
import { ErasureConflicts } from './ledger/erasure-conflicts';
import { Ledger } from '../../libraries/transparency-log';
import { LedgerCheck } from './ledger/ledger-check';
import { LedgerGate } from './ledger/ledger-gate';
import { LEDGER_PROVIDERS } from './ledger/ledger.providers';
import { LogKeys } from './ledger/log-keys';
import { GetCheckpointController } from './queries/get-checkpoint/get-checkpoint.controller';
import { GetCheckpointHandler } from './queries/get-checkpoint/get-checkpoint.handler';
import { GetVerificationController } from './queries/get-verification/get-verification.controller';
import { GetVerificationHandler } from './queries/get-verification/get-verification.handler';
import { ListAuditEntriesController } from './queries/list-audit-entries/list-audit-entries.controller';
import { ListAuditEntriesHandler } from './queries/list-audit-entries/list-audit-entries.handler';
import { TreeReader } from './tree/tree-reader';
import { ErasureReconciliation } from './verification/erasure-reconciliation';
import { LogVerification } from './verification/log-verification';
import { VERIFICATION_PROVIDERS } from './verification/verification.providers';

/** The append-only log. Every module writes to it, compliance reads it. */
@Module({
  controllers: [
    ListAuditEntriesController,
    ExportAuditEntriesController,
    GetCheckpointController,
    GetVerificationController,
  ],
  providers: [
    ...LEDGER_PROVIDERS,
    AnonymizationEntries,
    AuditEntries,
    DataMapEntries,
    ListAuditEntriesHandler,
    ExportAuditEntriesHandler,
    EntryProofs,
    LedgerGate,
    LedgerCheck,
    CheckpointExports,
    ...VERIFICATION_PROVIDERS,
    LogVerification,
    GetCheckpointHandler,
    GetVerificationHandler,
  ],
  exports: [
    AuditLog,
    AnonymizationEntries,
    DataMapEntries,
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
