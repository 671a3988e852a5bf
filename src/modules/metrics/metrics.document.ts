import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import type { Metric } from './exposition';

/** The metrics as a page for people (Markdown). */
export function renderMetrics(metrics: readonly Metric[]): string {
  return markdownPage('Metrics', 'src/modules/metrics/sources', [
    '`GET /api/v1/metrics` exports these metrics in the Prometheus text format. [Monitor](../operations/monitor.md) explains how to read them.',
    markdownTable(
      ['metric', 'type', 'labels', 'meaning'],
      metrics.map(({ name, type, labelNames = [], help }) => [
        `\`${name}\``,
        type,
        labelNames.map((label) => `\`${label}\``).join(', '),
        help,
      ]),
    ),
  ]);
}
