import type { Registry } from 'prom-client';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';

/** A metric in the registry. The library's types omit the label names. */
type RegisteredMetric = ReturnType<Registry['getMetricsAsArray']>[number] & { readonly labelNames: readonly string[] };

/** Renders the metrics as a Markdown page. */
export function renderMetrics(registry: Registry): string {
  return markdownPage('Metrics', 'src/modules/metrics/sources', [
    '`GET /api/v1/metrics` exports these metrics in the Prometheus text format. ' +
      '[Monitor](../operations/monitor.md) explains how to read them.',
    markdownTable(
      ['metric', 'type', 'labels', 'meaning'],
      (registry.getMetricsAsArray() as RegisteredMetric[]).map(({ name, type, labelNames, help }) => [
        `\`${name}\``,
        String(type),
        labelNames.map((label) => `\`${label}\``).join(', '),
        help,
      ]),
    ),
  ]);
}
