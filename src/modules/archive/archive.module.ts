import { Module } from '@nestjs/common';
import { LetheConfig } from '../../platform/config/lethe-config';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { HealthSignals } from '../../platform/health/health-signals';
import { KeyFolder } from '../../platform/keys/key-folder';
import { AuditModule } from '../audit';
import { CustomerModule } from '../customer';
import { DataMapModule } from '../data-map';
import { AnonymizeArchiveDataHandler } from './anonymization/anonymize-archive-data.handler';
import { CopyStore } from './anonymization/copy-store';
import { Envelopes } from './anonymization/envelopes';
import { RetainedKeys } from './anonymization/retained-keys';
import { SealedCopies } from './anonymization/sealed-copies';
import { AddDocumentController } from './commands/add-document/add-document.controller';
import { AddDocumentHandler } from './commands/add-document/add-document.handler';
import { ArchiveAccess } from './archive-access';
import { ArchiveInheritance } from './archive-inheritance';
import { openKeyEncryptionKey } from './archive-keys';
import { CONTENT_STORE, KEY_ENCRYPTION_KEY } from './archive-tokens';
import { CustomerDocuments } from './customer-documents';
import { openBoundSeal } from './crypto/bound-seal';
import { FiscalSeal } from './crypto/fiscal-seal';
import { ForgottenContents } from './outbox/forgotten-contents';
import { GetDocumentContentController } from './queries/get-document-content/get-document-content.controller';
import { GetDocumentContentHandler } from './queries/get-document-content/get-document-content.handler';
import { ListDocumentsController } from './queries/list-documents/list-documents.controller';
import { ListDocumentsHandler } from './queries/list-documents/list-documents.handler';
import { ReadableContents } from './readable-contents';
import { CONTENT_STORE_PROVIDER } from './storage/content-store.provider';
import { DocumentEntries } from './uploads/document-entries';
import { DocumentUploads } from './uploads/document-uploads';

@Module({
  imports: [AuditModule, CustomerModule, DataMapModule],
  controllers: [ListDocumentsController, GetDocumentContentController, AddDocumentController],
  providers: [
    AddDocumentHandler,
    DocumentEntries,
    DocumentUploads,
    AnonymizeArchiveDataHandler,
    ListDocumentsHandler,
    GetDocumentContentHandler,
    ArchiveAccess,
    ArchiveInheritance,
    CustomerDocuments,
    ReadableContents,
    ForgottenContents,
    CopyStore,
    Envelopes,
    RetainedKeys,
    SealedCopies,
    {
      provide: FiscalSeal,
      inject: [LetheConfig, KeyFolder, TransactionRunner, HealthSignals],
      useFactory: async (
        config: LetheConfig,
        keys: KeyFolder,
        transaction: TransactionRunner,
        signals: HealthSignals,
      ) => {
        const seal = await openBoundSeal(config.fiscalSeal ?? null, keys, transaction.queryAlone);
        signals.warn('FISCAL_SEAL_LOCAL', seal.isLocal);
        return seal;
      },
    },
    {
      provide: KEY_ENCRYPTION_KEY,
      inject: [KeyFolder, TransactionRunner],
      useFactory: (keys: KeyFolder, transaction: TransactionRunner) =>
        openKeyEncryptionKey(keys, transaction.queryAlone),
    },
    CONTENT_STORE_PROVIDER,
  ],
  exports: [ArchiveInheritance, CONTENT_STORE, KEY_ENCRYPTION_KEY, CustomerDocuments, FiscalSeal, SealedCopies],
})
export class ArchiveModule {}
