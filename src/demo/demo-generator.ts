import { writeArchive } from './archive-history';
import { writeContractHistory } from './contract-history';
import { CsvFolder, type ImportColumns } from './csv-folder';
import { writeCustomerRecords } from './customer-records';
import type { DemoRun } from './demo-run';
import { writeDeviceHistory } from './device-history';
import { writeFinanceHistory } from './finance-history';
import { households } from './households';
import { writeLoyaltyHistory } from './loyalty-history';
import { writeMasterRecords } from './master-records';
import { NumberSeries } from './number-series';
import { RandomSource } from './random-source';
import { SELECTION_NAMES, writeSelections } from './saved-selections';

export interface DemoOptions {
  readonly directory: string;
  /** the columns of the import */
  readonly columns: ImportColumns;
  readonly customers: number;
  readonly seed: number;
  /** `YYYY-MM-DD`, the end of ten years of history. */
  readonly today: string;
}

export interface DemoSummary {
  readonly customers: number;
  /** Names of the saved selections. */
  readonly selections: readonly string[];
}

/**
 * Writes an import folder with fictional customers of a chain of shops for hearing aids and glasses, ten years of their
 * history and some saved selections. About 70 % of the customers have no blocker on `today`. Equal options write equal
 * bytes.
 */
export async function generateDemo({ directory, columns, customers, seed, today }: DemoOptions): Promise<DemoSummary> {
  const folder = await CsvFolder.create(directory, columns);
  try {
    const run: DemoRun = { today, folder, random: new RandomSource(seed), numbers: new NumberSeries() };
    writeMasterRecords(run);
    for (const household of households(run, customers)) {
      writeCustomerRecords(run, household);
      for (const customer of household.members) {
        const visits = writeDeviceHistory(run, customer);
        const lastInvoicedOn = writeFinanceHistory(run, customer, visits);
        writeContractHistory(run, customer);
        writeLoyaltyHistory(run, customer);
        writeArchive(run, customer);
        writeSelections(run, { customer, lastInvoicedOn, today, customers });
      }
      await folder.flush();
    }
    return { customers, selections: SELECTION_NAMES };
  } finally {
    await folder.close();
  }
}
