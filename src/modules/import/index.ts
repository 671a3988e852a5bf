export { MalformedCsv } from './csv-records';
export { importFolder, type ImportDependencies, type ImportOptions, type ImportReport } from './folder-import';
export { type Column as ImportColumn, type ImportFile } from './import-file';
export { IMPORT_COLUMNS, IMPORT_FILES } from './import-files';
export { formatImportError, type ImportError, ImportRefused } from './import-error';
export { importRows } from './import-rows';
export { HEAD_OFFICE } from './record-file';
