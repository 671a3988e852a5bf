import type { AddressInfo } from 'node:net';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import { configureApp } from './app.setup';
import { BootstrapEmployees } from '../modules/employee';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { HealthSignals } from '../platform/health/health-signals';
import { Logger } from '../platform/logging/logger';
import { QUIET_START } from '../platform/logging/own-logger';
import { stopOnSignal } from './stop-on-signal';

/** A serving product. */
export interface Service {
  /** its providers, for programs that work beside it in the same process */
  readonly app: INestApplicationContext;
  /** such as `http://localhost:3000` */
  readonly address: string;
  /** The password of the bootstrap logins when it was made up just now; shown once. */
  readonly randomPassword: string | null;
  /** Codes of what is weaker than it should be. */
  readonly warnings: readonly string[];
  /** Codes of why everything but health answers 503. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

/** Characters below which the first password is worth a warning. */
const SAFE_LENGTH = 12;

const NOBODY_NEW = { created: false, randomPassword: null };

/** Serves on an open database until the process is told to stop; stops the database, too. */
export async function serve(config: LetheConfig, access: DatabaseAccess): Promise<Service> {
  let app: NestExpressApplication | undefined;
  try {
    app = await NestFactory.create<NestExpressApplication>(AppModule.of(config, access), {
      ...QUIET_START,
      bodyParser: false,
    });
    return await listen(app, config, access);
  } catch (error) {
    await app?.close(); // before its database goes away
    await access.stop();
    throw error;
  }
}

async function listen(app: NestExpressApplication, config: LetheConfig, access: DatabaseAccess): Promise<Service> {
  configureApp(app);
  const signals = app.get(HealthSignals);
  access.weaknesses.forEach((code) => signals.warn(code));
  await app.init();
  // a restored database gets no entries of its own before those that it misses
  const mayServe = signals.faults.length === 0;
  const { created, randomPassword } = mayServe ? await app.get(BootstrapEmployees).run() : NOBODY_NEW;
  signals.warn('BOOTSTRAP_PASSWORD_SHORT', created && (config.bootstrapPassword?.length ?? SAFE_LENGTH) < SAFE_LENGTH);
  await app.listen(config.port);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const stop = once(async () => {
    await app.close();
    await access.stop();
  });
  stopOnSignal(stop, app.get(Logger));
  access.onLost(() => {
    app.get(Logger).caution('database_lost');
    process.exit(1); // nothing can be served; whoever runs the product starts it again
  });
  return {
    app,
    address: `http://localhost:${port}`,
    randomPassword,
    warnings: signals.warnings,
    faults: signals.faults,
    stop,
  };
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= work());
}
