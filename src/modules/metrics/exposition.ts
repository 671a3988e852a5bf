export interface Sample {
  readonly value: number;
  /** ids and codes only */
  readonly labels?: Readonly<Record<string, string>>;
  /** of a histogram: `_bucket`, `_sum` or `_count` */
  readonly suffix?: string;
}

export interface Metric {
  /** with its unit, such as `lethe_audit_checkpoint_age_seconds` */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** names of the labels that each sample has */
  readonly labelNames?: readonly string[];
  readonly samples: readonly Sample[];
}

/** The only characters of ids, codes and patterns of routes. */
const UNUSUAL = /[^\w/:.*{}+-]/g;

/** A metric of one value. */
export const gauge = (name: string, help: string, value: number | null): Metric => ({
  name,
  help,
  type: 'gauge',
  samples: value === null ? [] : [{ value }],
});

/** The text format of Prometheus, version 0.0.4. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function expositionOf(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, type, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} ${type}`,
    ...samples.map(({ suffix = '', labels = {}, value }) => `${name}${suffix}${labelsOf(labels)} ${numberOf(value)}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(UNUSUAL, '_')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const numberOf = (value: number): string =>
  value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : String(value);
