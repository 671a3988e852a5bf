import { type ClientBase, types } from 'pg';
import { DataSource } from 'typeorm';
import type { ModuleName } from '../../kernel/personal-data';
import type { RoleConnection } from './connection';
import { toTypeOrm } from './migrate';
import { proveSession } from './session';
import { SnakeNamingStrategy } from './snake-naming.strategy';

// A DATE is a calendar date, not an instant. A JavaScript Date would shift it by the time zone of the process.
types.setTypeParser(types.builtins.DATE, (value) => value);

/** Statement timeout in milliseconds. The preview of a million customers takes minutes. */
const STATEMENT_TIMEOUT_MS = 600_000;

/** Idle time in milliseconds before TCP keep-alive checks whether the server still exists. */
const KEEP_ALIVE_MS = 10_000;

export type EntityClass = abstract new () => object;

/** Injection token of {@link EntitiesByModule}. */
export const ENTITIES_BY_MODULE = Symbol('ENTITIES_BY_MODULE');
/** All tables of the product by module, within a module in the order of erasure. */
export type EntitiesByModule = Partial<Record<ModuleName, readonly EntityClass[]>>;

/** Creates the application's data source. Its logging is off, because statements have personal values as parameters. */
export function createDataSource(
  connection: RoleConnection,
  entities: readonly EntityClass[],
  poolSize = 12,
): DataSource {
  return new DataSource({
    type: 'postgres',
    ...toTypeOrm(connection),
    installExtensions: false,
    entities: [...entities] as never[],
    namingStrategy: new SnakeNamingStrategy(),
    synchronize: false,
    logging: false,
    extra: {
      max: poolSize,
      options: connection.options,
      connectionTimeoutMillis: 10_000,
      query_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      idle_in_transaction_session_timeout: 60_000,
      application_name: 'lethe',
      onConnect: (client: ClientBase) => proveSession(client, connection.role),
    },
  });
}
