import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { aloneIfAllowed } from './alone';

/** Set only by sessions that migrate. */
export const MIGRATING = 'lethe.migrating';

/** Event → name of the event trigger. */
export const TRIPWIRES = { ddl_command_end: 'lethe_audit_change', sql_drop: 'lethe_audit_drop' } as const;

const TABLES = ['entry', 'pending', 'position', 'tile', 'checkpoint', 'epoch']
  .map((table) => `'audit.${table}'`)
  .join(', ');

/**
 * Refuses changes of the audit log's schema and of objects attached to its tables: triggers, rules, policies, foreign
 * keys, children. A renamed or moved object already has its new name here, so the check for missing tables detects it.
 * The function runs with the rights of the caller. It allows REINDEX, which changes no definition.
 */
const BODY = `
DECLARE
  touched text;
BEGIN
  IF tg_tag = 'REINDEX' THEN
    RETURN;
  ELSIF tg_event = 'sql_drop' THEN
    SELECT min(d.object_type || ' ' || d.object_identity) INTO touched FROM pg_event_trigger_dropped_objects() d
      WHERE d.schema_name = 'audit' OR d.address_names[1] = 'audit'
        AND (d.object_type = 'schema' OR cardinality(d.address_names) > 1);
  ELSE
    WITH relation AS (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace('audit'))
    SELECT min(coalesce(c.object_type || ' ' || c.object_identity, c.command_tag)) INTO touched
    FROM pg_event_trigger_ddl_commands() c
      WHERE c.schema_name = 'audit' OR c.object_type = 'schema' AND c.object_identity = 'audit'
        OR EXISTS (SELECT FROM pg_depend d JOIN relation r ON r.oid = d.refobjid
          WHERE d.classid = c.classid AND d.objid = c.objid AND d.refclassid = 'pg_class'::regclass)
        OR EXISTS (SELECT FROM pg_constraint k JOIN relation r ON r.oid = k.confrelid WHERE k.conrelid = c.objid)
        OR c.command_tag IN ('ALTER SCHEMA', 'ALTER TABLE')
          AND EXISTS (SELECT FROM unnest(ARRAY[${TABLES}]) AS t(name) WHERE to_regclass(t.name) IS NULL);
  END IF;
  IF touched IS NULL THEN
    RETURN;
  ELSIF current_user = 'lethe_owner' AND current_setting('${MIGRATING}', true) = 'on' THEN
    RAISE LOG 'the schema of the audit log is migrated: %', touched;
    RETURN;
  END IF;
  RAISE LOG 'a change of the schema of the audit log is refused: %', touched;
  RAISE EXCEPTION 'the schema of the audit log is changed by migrations alone' USING ERRCODE = 'AN003';
END `;

/** Digest of the unmodified function text in the database. */
export const TRIPWIRE_DIGEST = createHash('sha256').update(BODY).digest('hex');

// The schema belongs to the superuser, because a function that the owner could replace would run any code with the
// superuser's rights.
const ARM = `
  CREATE SCHEMA IF NOT EXISTS lethe_tripwire;
  CREATE OR REPLACE FUNCTION lethe_tripwire.refuse_audit_change() RETURNS event_trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$${BODY}$$;
  ${Object.entries(TRIPWIRES)
    .map(
      ([event, name]) => `
  DROP EVENT TRIGGER IF EXISTS ${name};
  CREATE EVENT TRIGGER ${name} ON ${event} EXECUTE FUNCTION lethe_tripwire.refuse_audit_change();
  ALTER EVENT TRIGGER ${name} ENABLE ALWAYS;`,
    )
    .join('')}`;

/**
 * Installs this version's tripwire on the audit log's schema. Only a superuser can do that. For others it is a no-op,
 * and the check of the defences reports the missing tripwire.
 */
export async function armTripwire(administrator: Client): Promise<void> {
  await aloneIfAllowed(administrator, () => administrator.query(ARM));
}
