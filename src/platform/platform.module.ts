import { type DynamicModule, Global, Module } from '@nestjs/common';
import { KnownCallers } from './auth/known-callers';
import { Clock } from './clock/clock';
import { LetheConfig } from './config/lethe-config';
import { HealthSignals } from './health/health-signals';
import { IdempotentAnswers } from './http/idempotency/idempotent-answers';
import { RequestGate } from './http/request-gate';
import { RequestStatistics } from './http/request-statistics';
import { KeyFolder } from './keys/key-folder';
import { Logger } from './logging/logger';

/** The services of the platform that depend on nothing but the settings. */
@Global()
@Module({})
export class PlatformModule {
  static of(config: LetheConfig): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: LetheConfig, useValue: config },
        { provide: KeyFolder, useFactory: () => KeyFolder.open(config.keysFolder) },
        Clock,
        Logger,
        HealthSignals,
        KnownCallers,
        RequestGate,
        RequestStatistics,
        IdempotentAnswers,
      ],
      exports: [
        LetheConfig,
        KeyFolder,
        Clock,
        Logger,
        HealthSignals,
        KnownCallers,
        RequestGate,
        RequestStatistics,
        IdempotentAnswers,
      ],
    };
  }
}
