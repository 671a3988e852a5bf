import type { ImportReport } from '../../modules/import';
import { callerPath } from '../../platform/config/caller-path';
import { LetheConfig } from '../../platform/config/lethe-config';
import { importInto } from '../import-into';
import { openForChanges } from '../open-for-changes';
import { defineCommand } from '../define-command';
import { reportImportError } from '../report-import-error';

async function importFolderAt(path: string, update: boolean): Promise<ImportReport> {
  const config = LetheConfig.fromEnvironment();
  const database = await openForChanges(config);
  try {
    return await importInto(database, config, path, update);
  } finally {
    await database.stop();
  }
}

function report({ rows, unlistedPaymentMethods }: ImportReport): void {
  for (const [file, count] of Object.entries(rows)) console.log(`${file}.csv: ${count}`);
  if (unlistedPaymentMethods > 0) console.log(`payment methods stored as OTHER: ${unlistedPaymentMethods}`);
}

export const command = defineCommand({
  name: 'import',
  usage: ['DIR [--update]'],
  purpose: 'Imports a folder of CSV files and documents in one transaction.',
  operands: [1, 1],
  options: { update: { type: 'boolean', purpose: 'updates stored customers with the values in the files' } },
  exitCodes: { 1: 'refused; errors are printed as `file:line: column: code`, and nothing was imported' },
  run: async ({ update = false }, [directory]) => {
    report(await importFolderAt(callerPath(directory!), update).catch(reportImportError));
    return undefined;
  },
});
