import { Gauge } from 'prom-client';

/** Label values in the order of their names, and the measured number. */
export type Sample = readonly [labels: readonly string[], value: number];

/** Characters that neither ids nor codes have. */
const UNUSUAL = /[^\w/:.*{}+-]/g;

/** A gauge with one value, measured now. With null it has no value yet and exports none. */
export const gauge = (name: string, help: string, value: number | null): Gauge =>
  labelledGauge(name, help, [], value === null ? [] : [[[], value]]);

/** A gauge with one value per combination of labels, measured now. Labels hold ids and codes only. */
export function labelledGauge(
  name: string,
  help: string,
  labelNames: readonly string[],
  samples: readonly Sample[],
): Gauge {
  const measured = new Gauge({ name, help, labelNames, registers: [] });
  if (labelNames.length === 0) measured.remove(); // a new gauge without labels is 0
  for (const [labels, value] of samples)
    measured.labels(...labels.map((label) => label.replaceAll(UNUSUAL, '_'))).set(value);
  return measured;
}
