import { createHmac } from 'node:crypto';
import type { Client } from 'pg';
import { alone } from './alone';

/**
 * The database roles. `lethe_owner` owns every object and cannot log in. The others have only the rights that
 * migrations grant. The application's role is not a member of any of them.
 */
export const ROLES = [
  'lethe_owner',
  'lethe_migrator',
  'lethe_app',
  'lethe_sequencer',
  'lethe_purge',
  'lethe_auditor',
] as const;
export type RoleName = (typeof ROLES)[number];
export type LoginRole = Exclude<RoleName, 'lethe_owner'>;

/** Derives the password of a role from the administrator's, so that no second secret must be stored. */
export function passwordOf(role: LoginRole, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}

/**
 * Creates missing roles and executes the statements of `grants`. With a secret, the roles can log in with a password;
 * without one, the caller assumes them with SET ROLE.
 */
export async function provisionRoles(client: Client, secret: string | null, grants = ''): Promise<void> {
  await alone(client, async () => {
    for (const role of ROLES) {
      // Roles belong to the whole cluster, and a first start on another database may be creating them at the same time.
      await client.query(`
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN
            CREATE ROLE ${role} NOLOGIN NOINHERIT;
          END IF;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END $$`);
      if (secret !== null && role !== 'lethe_owner')
        await client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${client.escapeLiteral(passwordOf(role, secret))}`);
    }
    await client.query('GRANT lethe_owner TO lethe_migrator');
    if (secret === null) {
      const { rows } = await client.query<{ superuser: boolean }>(
        'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user',
      );
      if (rows[0]?.superuser !== true) await client.query(`GRANT ${ROLES.join(', ')} TO CURRENT_USER`);
    }
    await client.query(grants);
  });
}
