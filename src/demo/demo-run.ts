import type { BusinessDate } from '../kernel/business-date';
import type { CsvFolder } from './csv-folder';
import type { NumberSeries } from './number-series';
import type { RandomSource } from './random-source';

/** The shared context of all parts of the demo history. */
export interface DemoRun {
  readonly today: BusinessDate;
  readonly random: RandomSource;
  readonly numbers: NumberSeries;
  readonly folder: CsvFolder;
}
