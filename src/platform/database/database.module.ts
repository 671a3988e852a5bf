import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DatabaseAccess } from './connection';
import { createDataSource, type EntityClass } from './data-source';
import { TransactionRunner } from './transaction-runner';

/** Injection token of the {@link DatabaseAccess}, for connections of another role. */
export const DATABASE_ACCESS = Symbol('DATABASE_ACCESS');

/**
 * The application's connections, with the role lethe_app. Import it first: Nest shuts down in reverse order, and the
 * shutdown of other modules may still need the database. It closes its connections but not the server, which belongs to
 * the caller that opened it.
 */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  static of(access: DatabaseAccess, entities: readonly EntityClass[], connections: number): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DATABASE_ACCESS, useValue: access },
        {
          provide: DataSource,
          useFactory: () => createDataSource(access.as('lethe_app'), entities, connections).initialize(),
        },
        TransactionRunner,
      ],
      exports: [DATABASE_ACCESS, DataSource, TransactionRunner],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
