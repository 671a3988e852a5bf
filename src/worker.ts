import { constants, setPriority } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app/app.module';
import { reportAndExit } from './cli/report-and-exit';
import { DomainError } from './kernel/domain-error';
import { LetheConfig } from './platform/config/lethe-config';
import { openDatabase } from './platform/database/database-access';
import { tuneGarbageCollection } from './platform/heap';
import { QUIET_START, useOwnLogger } from './platform/logging/own-logger';
import { stopOnSignal } from './app/stop-on-signal';

/**
 * `npm run worker`: processes runs against the database of the serving processes. It can be started and stopped at any
 * time.
 */
async function main(): Promise<void> {
  tuneGarbageCollection();
  const config = LetheConfig.fromEnvironment();
  if (config.workers === 0) throw new DomainError('SETTING_INVALID', { variable: 'LETHE_WORKERS' });
  const access = await openDatabase(config, 'attach');
  // The API on the same host has priority: a run may take longer, a clerk may not. Set after the start of the database,
  // which would inherit it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const context = await NestFactory.createApplicationContext(AppModule.of(config, access, 'WORKER'), QUIET_START);
  const logger = useOwnLogger(context);
  stopOnSignal(async () => {
    await context.close();
    await access.stop();
  }, logger);
  access.onLost(() => {
    logger.caution('database_lost');
    process.exit(1); // the process supervisor restarts the worker
  });
  process.stdout.write(`Worker started (${config.workers} batches in parallel)\n`);
}

main().catch(reportAndExit);
