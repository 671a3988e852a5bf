import { Gauge } from 'prom-client';

/** Label values in the order of the label names, and the measured number. */
export type Sample = readonly [labels: readonly string[], value: number];

/** Characters that occur in neither ids nor codes. */
const UNUSUAL = /[^\w/:.*{}+-]/g;

/** A gauge without labels, measured now. With null it exports no sample. */
export const gauge = (name: string, help: string, value: number | null): Gauge =>
  labelledGauge(name, help, [], value === null ? [] : [[[], value]]);

/** A gauge with one sample per combination of labels, measured now. Labels contain ids and codes only. */
export function labelledGauge(
  name: string,
  help: string,
  labelNames: readonly string[],
  samples: readonly Sample[],
): Gauge {
  const measured = new Gauge({ name, help, labelNames, registers: [] });
  if (labelNames.length === 0) measured.remove(); // prom-client initializes a gauge without labels with 0
  for (const [labels, value] of samples)
    measured.labels(...labels.map((label) => label.replaceAll(UNUSUAL, '_'))).set(value);
  return measured;
}
