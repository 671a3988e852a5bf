import type { ImportReport } from '../modules/import';
import { callerPath } from '../platform/config/caller-path';
import { LetheConfig } from '../platform/config/lethe-config';
import { importInto } from './import-into';
import { openForChanges } from './open-for-changes';
import { reportImportError } from './report-import-error';

async function main(parameters: readonly string[]): Promise<void> {
  const [directory, ...more] = parameters.filter((each) => each !== '--update');
  if (directory === undefined || directory.startsWith('-') || more.length > 0) {
    end(2, 'Usage: npm run import -- DIR [--update]');
  }
  report(await importFolderAt(callerPath(directory), parameters.includes('--update')));
}

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

function end(exitCode: number, ...lines: readonly string[]): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(exitCode);
}

main(process.argv.slice(2)).catch(reportImportError);
