import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderDataMap } from '../../src/cli/docs/data-map.document';
import { renderImportFormat } from '../../src/cli/docs/import.document';
import { renderCommands, renderRefusals } from '../../src/cli/docs/reference.document';
import { renderSettings } from '../../src/cli/docs/settings.document';
import type { ModuleName } from '../../src/kernel/personal-data';
import { renderErasureSteps } from '../../src/modules/anonymization';
import { DataMap } from '../../src/modules/data-map';
import { renderHealth } from '../../src/modules/health';
import { buildOpenApi, renderOpenApi } from '../../src/app/openapi';
import { renderMetrics, Scrape } from '../../src/modules/metrics';
import { TestApp } from '../support/test-app';

const DOCS = join(__dirname, '../../docs');

describe('generated documents', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });

  afterAll(() => app.stop());

  const erasureOf = (module: ModuleName) => renderErasureSteps(app.nest.get(DataMap)).get(module)!;

  it.each([
    ['openapi.json', () => renderOpenApi(buildOpenApi(app.nest))],
    ['import.md', () => renderImportFormat()],
    ['data-map.md', () => renderDataMap(app.nest.get(DataMap).tables)],
    ['sql/finance.sql', () => erasureOf('finance')],
    ['sql/device.sql', () => erasureOf('device')],
    ['sql/loyalty.sql', () => erasureOf('loyalty')],
    ['sql/archive.sql', () => erasureOf('archive')],
    ['sql/customer.sql', () => erasureOf('customer')],
    ['reference/settings.md', () => renderSettings()],
    ['reference/health.md', () => renderHealth()],
    ['reference/metrics.md', async () => renderMetrics(await app.nest.get(Scrape, { strict: false }).read())],
    ['reference/commands.md', () => renderCommands()],
    ['reference/refused-starts.md', () => renderRefusals()],
  ])('docs/%s matches the product', async (file, render) => {
    const written = readFileSync(join(DOCS, file), 'utf8').split('\n');
    const rendered = (await render()).split('\n');
    const line = rendered.findIndex((text, index) => text !== written[index]);
    if (line === -1 && written.length === rendered.length) return;
    throw new Error(
      [
        `docs/${file} is out of date from line ${line + 1} on; run: npm run docs:generate`,
        `written:  ${written[line] ?? '(end)'}`,
        `rendered: ${rendered[line] ?? '(end)'}`,
      ].join('\n'),
    );
  });
});
