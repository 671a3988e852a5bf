import { createHmac } from 'node:crypto';
import type { Client } from 'pg';

/**
 * The database roles. `lethe_owner` owns every object and cannot log in; the others can do only what their migration grants.
 * The application's role is a member of none of them.
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

/** One password per role, derived from the administrator's, so that no second secret has to be kept. */
export function passwordOf(role: LoginRole, secret: string): string {
  return createHmac('sha256', secret).update(role).digest('base64url');
}

/** Creates what is missing. With a secret the roles may log in with a password; without, the caller assumes them by SET ROLE. */
export async function provisionRoles(client: Client, secret: string | null): Promise<void> {
  for (const role of ROLES) {
    // Roles belong to the whole cluster: another database's first start may create them at this very moment.
    await client.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} NOLOGIN NOINHERIT; END IF;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$`);
    if (secret !== null && role !== 'lethe_owner') {
      const password = client.escapeLiteral(passwordOf(role, secret));
      await retryConcurrentUpdate(() => client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${password}`));
    }
  }
  await retryConcurrentUpdate(() => client.query('GRANT lethe_owner TO lethe_migrator'));
  if (secret === null) {
    const { rows } = await client.query<{ superuser: boolean }>(
      'SELECT rolsuper AS superuser FROM pg_roles WHERE rolname = current_user',
    );
    if (rows[0]?.superuser !== true)
      await retryConcurrentUpdate(() => client.query(`GRANT ${ROLES.join(', ')} TO CURRENT_USER`));
  }
}

/** Two starts on one cluster may touch the same catalogue row; PostgreSQL reports that instead of waiting (`tuple concurrently updated`). */
async function retryConcurrentUpdate<T>(statement: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    if (tries > 1 && (error as { code?: string }).code === 'XX000') return retryConcurrentUpdate(statement, tries - 1);
    throw error;
  }
}
