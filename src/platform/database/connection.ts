import type { WarningCode } from '../../kernel/health-code';
import type { LoginRole, RoleName } from './roles';

/** How to reach the database as one role; passed to `pg` and TypeORM alike. */
export interface Connection {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
  /** an external database: the whole URL */
  readonly connectionString?: string;
  /** start-up options, such as the role to assume */
  readonly options?: string;
}

/** How to reach the database as one of the product's roles; each session proves that it has the role. */
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
  /** Guarantees that are weaker than with the embedded server, as codes to print at start. */
  readonly weaknesses: readonly WarningCode[];
  /** Called when the embedded server has stopped for good without a request. */
  onLost(listener: () => void): void;
  /** Ends the embedded server, if this process owns it. */
  stop(): Promise<void>;
}
