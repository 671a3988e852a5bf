export { AnonymizeArchiveData } from './anonymization/anonymize-archive-data.command';
export { archiveWarnings } from './anonymization/archive.warnings';
export { FiscalArchive } from './anonymization/fiscal-archive';
export { ArchiveModule } from './archive.module';
export { FiscalSeal } from './crypto/fiscal-seal';
