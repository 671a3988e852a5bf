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

/** A running product. */
export interface Service {
  /** its providers, for programs that run in the same process */
  readonly app: INestApplicationContext;
  /** such as `http://localhost:3000` */
  readonly address: string;
  /** Generated password of the bootstrap employees, to be shown once; null when none was generated. */
  readonly randomPassword: string | null;
  /** Codes of security warnings. */
  readonly warnings: readonly string[];
  /** Codes of the faults. While there are any, every route but health answers 503. */
  readonly faults: readonly string[];
  stop(): Promise<void>;
}

/** A shorter bootstrap password raises a warning. */
const SAFE_LENGTH = 12;

const NOBODY_NEW = { created: false, randomPassword: null };

/** Serves on an open database until the process is asked to stop, and then also stops the database. */
export async function serve(config: LetheConfig, access: DatabaseAccess): Promise<Service> {
  let app: NestExpressApplication | undefined;
  try {
    app = await NestFactory.create<NestExpressApplication>(AppModule.of(config, access), {
      ...QUIET_START,
      bodyParser: false,
    });
    return await listen(app, config, access);
  } catch (error) {
    await app?.close(); // before its database is stopped
    await access.stop();
    throw error;
  }
}

async function listen(app: NestExpressApplication, config: LetheConfig, access: DatabaseAccess): Promise<Service> {
  configureApp(app);
  const signals = app.get(HealthSignals);
  access.weaknesses.forEach((code) => signals.warn(code));
  await app.init();
  // A restored database must not get new entries before the replay has restored the missing ones.
  const mayServe = signals.faults.length === 0;
  const { created, randomPassword } = mayServe ? await app.get(BootstrapEmployees).createFirstEmployees() : NOBODY_NEW;
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
    process.exit(1); // the product cannot serve any more; a process supervisor restarts it
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
