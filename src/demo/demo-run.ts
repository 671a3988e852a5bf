import type { BusinessDate } from '../kernel/business-date';
import type { CsvFolder } from './csv-folder';
import type { NumberSeries } from './number-series';
import type { RandomSource } from './random-source';

/** The context shared by all parts of the demo. */
export interface DemoRun {
  readonly today: BusinessDate;
  readonly random: RandomSource;
  readonly numbers: NumberSeries;
  readonly folder: CsvFolder;
}
