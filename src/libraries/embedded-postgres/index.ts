export type { EmbeddedOptions } from './embedded-options';
export { EmbeddedPostgres, type ExitReason } from './embedded-postgres';
export { EmbeddedPostgresFailure, type EmbeddedPostgresCode } from './embedded-postgres-failure';
export type { ServerAddress } from './server-address';
