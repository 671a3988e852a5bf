import type { Client } from 'pg';
import { aloneIfAllowed } from './alone';

/** Reserves temporary tables for the application, whose import needs them. */
const NO_TEMPORARY_TABLES = `
  DO $$
  BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO lethe_app', current_database());
  END $$`;

/**
 * Revokes the creation of large objects. They would belong to their creator, and no guard covers them; the product uses
 * none.
 */
const NO_LARGE_OBJECTS = `
  DO $$
  DECLARE
    routine regprocedure;
  BEGIN
    FOR routine IN
      SELECT p.oid
      FROM pg_proc p
      WHERE p.pronamespace = 'pg_catalog'::regnamespace
        AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('loread', 'lowrite'))
        AND EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g WHERE g.grantee = 0)
    LOOP
      EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', routine);
    END LOOP;
  END $$`;

/**
 * Revokes rights that PostgreSQL grants to PUBLIC in a new database. The large object functions belong to the superuser
 * and are left unchanged when the administrator is not a superuser.
 */
export async function withdrawPublicRights(administrator: Client): Promise<void> {
  for (const statement of [NO_TEMPORARY_TABLES, NO_LARGE_OBJECTS])
    await aloneIfAllowed(administrator, () => administrator.query(statement));
}
