import { Global, Module } from '@nestjs/common';
import { AnonymizationEntries } from './anonymization-entries';
import { AuditEntries } from './audit-entries';
import { AuditLog } from './audit-log';
import { ExportAuditEntriesController } from './queries/export-audit-entries/export-audit-entries.controller';
import { ExportAuditEntriesHandler } from './queries/export-audit-entries/export-audit-entries.handler';
import { ListAuditEntriesController } from './queries/list-audit-entries/list-audit-entries.controller';
import { ListAuditEntriesHandler } from './queries/list-audit-entries/list-audit-entries.handler';

/** The append-only log: everybody writes to it, compliance reads it. */
@Global()
@Module({
  controllers: [ListAuditEntriesController, ExportAuditEntriesController],
  providers: [AuditLog, AnonymizationEntries, AuditEntries, ListAuditEntriesHandler, ExportAuditEntriesHandler],
  exports: [AuditLog, AnonymizationEntries],
})
export class AuditModule {}
