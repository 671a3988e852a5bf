import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app/app.module';
import { configureApp } from '../app/app.setup';
import { renderErasureSteps } from '../modules/anonymization';
import { DataMap } from '../modules/data-map';
import { renderHealth } from '../modules/health';
import { buildOpenApi, renderOpenApi } from '../app/openapi';
import { renderMetrics, Scrape } from '../modules/metrics';
import { LetheConfig } from '../platform/config/lethe-config';
import { openDatabase } from '../platform/database/database-access';
import { renderDataMap } from './docs/data-map.document';
import { renderImportFormat } from './docs/import.document';
import { renderCommands, renderRefusals } from './docs/reference.document';
import { renderSettings } from './docs/settings.document';
import { reportAndExit } from './report-and-exit';

/** Generates the reference in docs/ from the code, using a temporary database. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-docs-'));
  try {
    await chmod(folder, 0o711); // when started by root, the database runs as another user
    await generate(LetheConfig.from({ LETHE_DATA_DIR: folder, LETHE_LOG_LEVEL: 'error' }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function generate(config: LetheConfig): Promise<void> {
  const access = await openDatabase(config, 'serve');
  try {
    // Not initialized, so that nothing listens and no worker starts.
    const app = await NestFactory.create<NestExpressApplication>(AppModule.of(config, access), {
      bodyParser: false,
      logger: ['error'],
      abortOnError: false,
    });
    configureApp(app);
    await writeFile('docs/openapi.json', renderOpenApi(buildOpenApi(app)));
    await writeFile('docs/import.md', renderImportFormat());
    await writeFile('docs/data-map.md', renderDataMap(app.get(DataMap).tables));
    await mkdir('docs/sql', { recursive: true });
    for (const [module, sql] of renderErasureSteps(app.get(DataMap))) await writeFile(`docs/sql/${module}.sql`, sql);
    await mkdir('docs/reference', { recursive: true });
    await writeFile('docs/reference/settings.md', renderSettings());
    await writeFile('docs/reference/health.md', renderHealth());
    await writeFile('docs/reference/metrics.md', renderMetrics(await app.get(Scrape, { strict: false }).read()));
    await writeFile('docs/reference/commands.md', renderCommands());
    await writeFile('docs/reference/refused-starts.md', renderRefusals());
    await app.close();
  } finally {
    await access.stop();
  }
}

main().catch(reportAndExit);
