import type { HealthWarningCode } from '../../kernel/health-code';
import type { LoginRole, RoleName } from './roles';

/** Connection parameters of one login, for `pg` and TypeORM. */
export interface Connection {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** the whole URL of an external database */
  readonly connectionString?: string;
  /** start-up options, such as the role to assume */
  readonly options?: string;
}

/** Connection parameters of one of the product's roles. Each session verifies that it has the role. */
export interface RoleConnection extends Connection {
  readonly role: RoleName;
}

/** Connects as the owner of the tables, a role that only the migrator may assume. */
export const ownerThrough = (migrator: RoleConnection, options = ''): RoleConnection => ({
  ...migrator,
  role: 'lethe_owner',
  options: `${migrator.options ?? ''} -c role=lethe_owner ${options}`.trim(),
});

export interface DatabaseAccess {
  /** The connection of a role. */
  as(role: LoginRole): RoleConnection;
  /** Guarantees that are weaker than with the embedded server, as codes of start-up warnings. */
  readonly weaknesses: readonly HealthWarningCode[];
  /** Calls the listener when the embedded server has stopped unexpectedly and for good. */
  onLost(listener: () => void): void;
  /** Stops the embedded server if this process owns it. */
  stop(): Promise<void>;
}
