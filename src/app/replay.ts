import { setTimeout as delay } from 'node:timers/promises';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { type CleanupResult, ErasureCleanup } from '../modules/erasure-upkeep';
import { Ledger } from '../libraries/transparency-log';
import { ENTITIES_BY_MODULE } from './entities';
import {
  ConflictSettlement,
  ErasureReplay,
  type Progress,
  ReplayModule,
  type ReplayReport,
  type SettledConflicts,
  type Settlement,
} from '../modules/replay';
import type { LetheConfig } from '../platform/config/lethe-config';
import type { DatabaseAccess } from '../platform/database/connection';
import { DatabaseModule } from '../platform/database/database.module';
import { QUIET_START, useOwnLogger } from '../platform/logging/own-logger';
import { PlatformModule } from '../platform/platform.module';

const CONNECTIONS = 4;
const CLEANUP_ATTEMPTS = 30;
const CLEANUP_RETRY_INTERVAL_MS = 2_000;

/** The modules that a replay needs, without background work. */
@Module({})
class ReplayApp {
  static of(config: LetheConfig, access: DatabaseAccess): DynamicModule {
    return {
      module: ReplayApp,
      imports: [
        DatabaseModule.of(access, ENTITIES_BY_MODULE, CONNECTIONS),
        PlatformModule.of(config),
        CqrsModule.forRoot(),
        ReplayModule,
      ],
    };
  }
}

export interface Replayed extends ReplayReport {
  /** null when nothing was erased */
  readonly cleanup: CleanupResult['kind'] | null;
}

/**
 * Replays the ledger in this folder into a restored database, with or without a serving product. A serving product
 * leaves maintenance by itself afterwards.
 *
 * @throws DomainError as {@link ErasureReplay.replayLedger}
 */
export function replay(
  config: LetheConfig,
  access: DatabaseAccess,
  folder: string,
  progress: Progress = () => undefined,
): Promise<Replayed> {
  return withReplayApp(config, access, async (app) => {
    const report = await app.get(ErasureReplay).replayLedger(new Ledger(folder), progress);
    return { ...report, cleanup: report.erased + report.merged === 0 ? null : await cleanUp(app) };
  });
}

export interface Settled extends SettledConflicts {
  /** null when nothing was erased */
  readonly cleanup: CleanupResult['kind'] | null;
}

/**
 * Settles conflicts of a replay; without a settlement, only lists them. Runs with or without a product in maintenance.
 *
 * @throws DomainError as {@link ConflictSettlement.settle}
 */
export function resolveConflicts(
  config: LetheConfig,
  access: DatabaseAccess,
  settlement: Settlement | null,
): Promise<Settled> {
  return withReplayApp(config, access, async (app) => {
    const settled = await app.get(ConflictSettlement).settle(settlement);
    return { ...settled, cleanup: settled.erased + settled.merged === 0 ? null : await cleanUp(app) };
  });
}

async function withReplayApp<T>(
  config: LetheConfig,
  access: DatabaseAccess,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await NestFactory.createApplicationContext(ReplayApp.of(config, access), QUIET_START);
  useOwnLogger(app);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/**
 * Removes dead rows and statistics of customers that the backup had restored. A serving product may be cleaning up at
 * the same time, but its cleanup may have started before the replay ended, so this one waits for it.
 */
async function cleanUp(app: INestApplicationContext): Promise<CleanupResult['kind']> {
  const cleanup = app.get(ErasureCleanup);
  for (let attempt = 1; ; attempt++) {
    const { kind } = await cleanup.cleanUp(new AbortController().signal);
    if (kind !== 'ELSEWHERE' || attempt === CLEANUP_ATTEMPTS) return kind;
    await delay(CLEANUP_RETRY_INTERVAL_MS);
  }
}
