import type { BusinessDate } from '../kernel/business-date';
import type { CsvFolder } from './csv-folder';
import type { NumberSeries } from './number-series';
import type { RandomSource } from './random-source';

/** What every chapter of the story writes with. */
export interface DemoRun {
  readonly today: BusinessDate;
  readonly random: RandomSource;
  readonly numbers: NumberSeries;
  readonly folder: CsvFolder;
}
