import { Module } from '@nestjs/common';
import { ArchiveModule } from '../archive';
import { PersonalRecords } from './export/personal-records';
import { ExportPersonalDataController } from './queries/export-personal-data/export-personal-data.controller';
import { ExportPersonalDataHandler } from './queries/export-personal-data/export-personal-data.handler';

/**
 * Export of the data stored about a customer, for that customer (Art. 15 GDPR). Like the anonymization, it depends on
 * the participants, which do not depend on it.
 */
@Module({
  imports: [ArchiveModule],
  controllers: [ExportPersonalDataController],
  providers: [ExportPersonalDataHandler, PersonalRecords],
})
export class PersonalDataModule {}
