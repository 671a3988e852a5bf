import { FAULT_CODES, HEALTH_WARNING_CODES } from '../../kernel/health-code';
import { markdownPage } from '../../platform/markdown/markdown-page';
import { markdownTable } from '../../platform/markdown/markdown-table';
import { FAULT_ADVICE, type HealthAdvice, WARNING_ADVICE } from './health-advice';

/** Renders the health codes as a Markdown page. */
export function renderHealth(): string {
  return markdownPage('Health codes', 'src/modules/health/health-advice.ts', [
    '`GET /api/v1/health/ready` lists these codes. [Monitor](../operations/monitor.md) explains how to monitor them.',
    '## Faults',
    'During a fault, every API route except health and metrics answers 503, and the sequencer, workers and purge ' +
      'pause.',
    tableOf(FAULT_CODES.map((code) => [code, FAULT_ADVICE[code]])),
    '## Warnings',
    'Lethe continues to serve during a warning.',
    tableOf(HEALTH_WARNING_CODES.map((code) => [code, WARNING_ADVICE[code]])),
  ]);
}

const tableOf = (rows: readonly (readonly [string, HealthAdvice])[]): string =>
  markdownTable(
    ['code', 'meaning', 'what to do'],
    rows.map(([code, { meaning, action }]) => [`\`${code}\``, meaning, action]),
  );
