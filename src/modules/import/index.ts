export { MalformedCsv } from './csv-records';
export { importFolder, type ImportDependencies, type ImportOptions, type ImportReport } from './folder-import';
export { IMPORT_COLUMNS } from './import-files';
export { formatImportError, type ImportError, ImportRefused } from './import-error';
export { importRows } from './import-rows';
export { renderImportFormat } from './import.document';
