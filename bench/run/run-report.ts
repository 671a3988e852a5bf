import { median } from '../statistics';
import type { Measurement } from './ways/way';

/** All measurements of one size, by variant. */
export type Measured = ReadonlyMap<string, readonly Measurement[]>;

const MEGABYTE = 2 ** 20;

/** The goals (ratios within one command). */
const RATIOS = [
  { way: 'product', of: 'reference', least: 0.6 },
  { way: 'bare', of: 'reference', least: 0.8 },
  { way: 'product', of: 'typeorm', least: 20 },
] as const;
const MIN_RATE_RATIO_AT_LARGEST = 0.9;
const MAX_MEMORY_RATIO_AT_LARGEST = 1.2;
const MAX_MEMORY_BYTES = 300 * MEGABYTE;

const rateOf = (measurements: readonly Measurement[]) =>
  median(measurements.map(({ customers, seconds }) => customers / seconds));
const memoryOf = (measurements: readonly Measurement[]) =>
  median(measurements.flatMap(({ peakMemory }) => (peakMemory === undefined ? [] : [peakMemory])));

/** Processor time in microseconds per customer, of the database or the product. */
const processorOf = (measurements: readonly Measurement[], of: 'database' | 'product') =>
  median(
    measurements.flatMap(({ customers, processor }) => {
      const seconds = processor?.[of] ?? null;
      return seconds === null ? [] : [(seconds * 1e6) / customers];
    }),
  );

/** Formats the result for a goal. */
export const goal = (what: string, value: number, isMet: boolean, bar: string): string =>
  `${what}: ${value.toFixed(2)} (${bar}): ${isMet ? 'met' : 'missed'}`;

export function printSize(customers: number, measured: Measured): void {
  console.log(`\n${customers} customers\n`);
  console.log(
    '| way | customers/s | least | most | WAL bytes per customer | processor µs: database | product | peak memory, MB |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [way, measurements] of measured) {
    const rates = measurements.map(({ customers: done, seconds }) => done / seconds);
    const wal = median(measurements.map(({ customers: done, walBytes }) => walBytes / done));
    const figures = [
      rateOf(measurements),
      Math.min(...rates),
      Math.max(...rates),
      wal,
      processorOf(measurements, 'database'),
      processorOf(measurements, 'product'),
      memoryOf(measurements) / MEGABYTE,
    ];
    console.log(`| ${way} | ${figures.map((value) => (Number.isNaN(value) ? '' : value.toFixed(0))).join(' | ')} |`);
  }
  console.log();
  for (const { way, of, least } of RATIOS) {
    const [above, below] = [measured.get(way), measured.get(of)];
    if (above === undefined || below === undefined) continue;
    const ratio = rateOf(above) / rateOf(below);
    console.log(goal(`${way} to ${of}`, ratio, ratio >= least, `at least ${least}`));
  }
  const memory = memoryOf(measured.get('product') ?? []);
  if (!Number.isNaN(memory))
    console.log(goal('peak memory of the product, MB', memory / MEGABYTE, memory < MAX_MEMORY_BYTES, 'below 300'));
}

/** Compares the largest size with the smallest. */
export function printGrowth(sizes: readonly { readonly customers: number; readonly measured: Measured }[]): void {
  const ordered = sizes.toSorted((a, b) => a.customers - b.customers);
  const [smallest, largest] = [ordered[0]?.measured.get('product'), ordered.at(-1)?.measured.get('product')];
  if (ordered.length < 2 || smallest === undefined || largest === undefined) return;
  const rate = rateOf(largest) / rateOf(smallest);
  const memory = memoryOf(largest) / memoryOf(smallest);
  console.log(`\nproduct, ${ordered.at(-1)!.customers} to ${ordered[0]!.customers} customers`);
  console.log(goal('rate', rate, rate >= MIN_RATE_RATIO_AT_LARGEST, `at least ${MIN_RATE_RATIO_AT_LARGEST}`));
  console.log(
    goal('peak memory', memory, memory <= MAX_MEMORY_RATIO_AT_LARGEST, `at most ${MAX_MEMORY_RATIO_AT_LARGEST}`),
  );
}
