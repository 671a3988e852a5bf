import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { AuditModule } from '../audit';
import { DataMapModule } from '../data-map';
import { PersonalRecords } from './export/personal-records';
import { ExportPersonalDataController } from './queries/export-personal-data/export-personal-data.controller';
import { ExportPersonalDataHandler } from './queries/export-personal-data/export-personal-data.handler';

/**
 * What is stored about a customer, for the customer (Art. 15 GDPR). Stands above the participants, as the anonymization
 * does.
 */
@Module({
  imports: [ArchiveModule, AuditModule, DataMapModule],
  controllers: [ExportPersonalDataController],
  providers: [ExportPersonalDataHandler, PersonalRecords],
})
export class PersonalDataModule {}
