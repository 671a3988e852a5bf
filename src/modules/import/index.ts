export { importFolder, type ImportDependencies, type ImportOptions, type ImportReport } from './folder-import';
export { formatImportError, type ImportError, ImportRefused } from './import-error';
export { renderImportFormat } from './import.document';
