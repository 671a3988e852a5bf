import { type DynamicModule, type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/clock/clock';
import { LetheConfig } from '../platform/config/lethe-config';
import { type DatabaseAccess, ownerThrough } from '../platform/database/connection';
import { createDataSource, type EntityClass } from '../platform/database/data-source';
import { DATABASE_ACCESS } from '../platform/database/database.module';
import type { RoleName } from '../platform/database/roles';
import { TransactionRunner } from '../platform/database/transaction-runner';
import { KeyFolder } from '../platform/keys/key-folder';
import { QUIET_START } from '../platform/logging/own-logger';

const CONNECTIONS = 2;

/** The key folder, for tools that sign or decrypt. */
export const KEY_FOLDER: Provider = {
  provide: KeyFolder,
  inject: [LetheConfig],
  useFactory: ({ keysFolder }: LetheConfig) => KeyFolder.open(keysFolder),
};

/** The providers, role and entities of a command. */
export interface Tools {
  /** the role of its database sessions */
  readonly role: RoleName;
  readonly providers: readonly Provider[];
  /** the entities of its data source; none by default */
  readonly entities?: readonly EntityClass[];
}

/**
 * The providers of one command, with the database, the settings and the clock. Has no routes, workers or periodic
 * tasks.
 */
@Module({})
class ToolsModule {
  static of(config: LetheConfig, access: DatabaseAccess, dataSource: DataSource, { providers }: Tools): DynamicModule {
    return {
      module: ToolsModule,
      providers: [
        { provide: LetheConfig, useValue: config },
        { provide: DATABASE_ACCESS, useValue: access },
        { provide: DataSource, useValue: dataSource },
        TransactionRunner,
        Clock,
        ...providers,
      ],
    };
  }
}

/** Builds the tools on an open database, runs the work, and closes the tools' sessions. The database stays open. */
export async function withTools<T>(
  config: LetheConfig,
  access: DatabaseAccess,
  tools: Tools,
  work: (context: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const { role, entities = [] } = tools;
  const connection = role === 'lethe_owner' ? ownerThrough(access.as('lethe_migrator')) : access.as(role);
  const dataSource = await createDataSource(connection, entities, CONNECTIONS).initialize();
  try {
    const module = ToolsModule.of(config, access, dataSource, tools);
    return await work(await NestFactory.createApplicationContext(module, QUIET_START));
  } finally {
    await dataSource.destroy();
  }
}
