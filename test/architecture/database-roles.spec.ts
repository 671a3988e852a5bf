import type { Client } from 'pg';
import { ROLES } from '../../src/platform/database/roles';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const CHANGE = 'DELETE, INSERT, SELECT, UPDATE';
const KEEP = 'INSERT, SELECT, UPDATE';

/**
 * The privileges of each role on each table, by column where it has none on the whole table; `lethe_owner` owns
 * everything. A new table needs an entry for the grants of its migration.
 */
const GRANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PUBLIC: {},
  lethe_migrator: {},
  lethe_app: {
    address: CHANGE,
    anonymization_run: KEEP,
    anonymization_run_item: KEEP,
    archive_document: CHANGE,
    archive_key: CHANGE,
    bank_account: CHANGE,
    blocked_customer: CHANGE,
    branch: KEEP,
    care_case: CHANGE,
    care_case_number: 'USAGE',
    cost_bearer: KEEP,
    cost_bearer_membership: CHANGE,
    customer: KEEP,
    customer_card: CHANGE,
    customer_search: CHANGE,
    device_loan: CHANGE,
    document_number: 'INSERT, SELECT, UPDATE',
    employee: KEEP,
    employee_session: CHANGE,
    erasure_conflict: KEEP,
    fiscal_envelope: 'INSERT, SELECT',
    former_identity: CHANGE,
    health_insurance_card: CHANGE,
    idempotency_answer: CHANGE,
    key_fingerprint: 'INSERT (fingerprint, name), SELECT',
    invoice: CHANGE,
    invoice_line: CHANGE,
    legal_hold: KEEP,
    loyalty_program: KEEP,
    loyalty_transaction: CHANGE,
    marketing_consent: CHANGE,
    migrations: 'SELECT',
    outbox: CHANGE,
    payment: CHANGE,
    program_enrollment: CHANGE,
    quote: CHANGE,
    quote_number: 'USAGE',
    receipt: KEEP,
    receipt_number: 'USAGE',
    relationship: CHANGE,
    selection: CHANGE,
    selection_member: CHANGE,
    service_contract: CHANGE,
    service_contract_number: 'USAGE',
    stock_item: CHANGE,
    stranded_content: 'DELETE, INSERT, SELECT',
    'audit.checkpoint': 'SELECT',
    'audit.epoch': 'SELECT',
    'audit.entry': 'INSERT, SELECT',
    'audit.pending': 'SELECT',
    'audit.position': 'SELECT',
    'audit.tile': 'SELECT',
  },
  lethe_sequencer: {
    'audit.announced': 'DELETE, INSERT, SELECT',
    'audit.checkpoint': 'INSERT, SELECT',
    'audit.epoch': 'INSERT, SELECT',
    'audit.entry': 'SELECT',
    'audit.pending': 'DELETE, SELECT',
    'audit.position': 'INSERT, SELECT',
    'audit.tile': 'INSERT, SELECT, UPDATE',
  },
  lethe_purge: {
    // all but type, title and file name
    archive_document:
      'DELETE, SELECT (content_id, created_on, customer_id, envelope_id, id, key_id, media_type, retention_class, retention_until, sealed_at, sealed_content, size)',
    archive_key: 'DELETE, SELECT',
    customer: 'SELECT (anonymized_at, id)',
    fiscal_envelope: 'DELETE, SELECT (id, retention_until)',
    outbox: 'INSERT',
    'audit.entry': 'INSERT',
  },
  lethe_auditor: {
    anonymization_run: 'SELECT',
    anonymization_run_item: 'SELECT',
    customer: 'SELECT (anonymized_at, id)',
    erasure_conflict: 'SELECT (code, customer_id, other_customer_id, resolution)',
    'audit.announced': 'SELECT',
    'audit.checkpoint': 'SELECT',
    'audit.claim': 'SELECT',
    'audit.epoch': 'SELECT',
    'audit.entry': 'SELECT',
    'audit.pending': 'SELECT',
    'audit.position': 'SELECT',
    'audit.participant': 'SELECT',
    'audit.simulation': 'SELECT',
    'audit.tile': 'SELECT',
  },
};

/** Functions of the product that a role may call; triggers need no such privilege. */
const CALLABLE: Readonly<Record<string, readonly string[]>> = {
  lethe_app: [
    'erased_with',
    'refresh_customer_search',
    'search_coarse',
    'search_cut',
    'search_fold',
    'search_key',
    'search_letters',
    'search_name',
    'search_phones',
    'search_prefixes',
    'search_terms',
    'search_words',
    'uuid_v7',
  ],
  lethe_auditor: ['erased_with'],
};

const OF_THE_PRODUCT = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'`;
const NAME = `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname`;
/** Includes PUBLIC; the owner and the migrator have the owner's privileges. */
const EVERYBODY = ['public', ...ROLES.filter((role) => role !== 'lethe_owner' && role !== 'lethe_migrator')]
  .map((role) => `('${role}')`)
  .join(', ');
const NOT_OF_AN_EXTENSION = (object: string) =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = ${object}.oid AND d.deptype = 'e')`;
const LIST = ROLES.map((role) => `'${role}'`).join(', ');

describe('database roles', () => {
  let database: TestDatabase;
  let sql: Client;

  const rows = async <Row extends object>(text: string) => (await sql.query<Row>(text)).rows;

  beforeAll(async () => {
    database = await createTestDatabase();
    sql = await database.look();
  });

  afterAll(() => database.drop());

  it('have no privileges on the server', async () => {
    const powers =
      await rows(`SELECT rolname AS name, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles
      WHERE rolname IN (${LIST}) AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)`);
    expect(powers).toEqual([]);
  });

  it('can log in, except the owner of everything', async () => {
    const found = await rows<{ name: string }>(
      `SELECT rolname AS name FROM pg_roles WHERE rolname IN (${LIST}) AND rolcanlogin ORDER BY 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(ROLES.filter((role) => role !== 'lethe_owner').toSorted());
  });

  it('are members of no role, except that the migrator may act as the owner', async () => {
    const members =
      await rows(`SELECT pg_get_userbyid(member) AS member, pg_get_userbyid(roleid) AS role, admin_option AS admin
      FROM pg_auth_members WHERE pg_get_userbyid(member) IN (${LIST}) OR pg_get_userbyid(roleid) IN (${LIST})`);
    expect(members).toEqual([{ member: 'lethe_migrator', role: 'lethe_owner', admin: false }]);
  });

  it('own nothing; the owner owns everything', async () => {
    const owners = await rows<{ role: string }>(`SELECT DISTINCT pg_get_userbyid(d.refobjid) AS role FROM pg_shdepend d
      WHERE d.deptype = 'o' AND pg_get_userbyid(d.refobjid) IN (${LIST}) AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`);
    expect(owners).toEqual([{ role: 'lethe_owner' }]);
    const strangers =
      await rows(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OF_THE_PRODUCT} AND pg_get_userbyid(c.relowner) <> 'lethe_owner'`);
    expect(strangers).toEqual([]);
  });

  it('have exactly these privileges on tables', async () => {
    const granted = await rows<{
      role: string;
      table: string;
      privilege: string;
      column: string | null;
      grantable: boolean;
    }>(`
      SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END AS role, x."table", x."column", g.privilege_type AS privilege,
        g.is_grantable AS grantable
      FROM (
        SELECT ${NAME} AS "table", NULL AS "column", c.relacl AS acl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE ${OF_THE_PRODUCT}
        UNION ALL
        SELECT ${NAME}, a.attname, a.attacl FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OF_THE_PRODUCT}
      ) AS x, aclexplode(x.acl) AS g WHERE pg_get_userbyid(g.grantee) IS DISTINCT FROM 'lethe_owner'
      ORDER BY 4, 3`);
    expect(granted.filter(({ grantable }) => grantable)).toEqual([]);
    const found = new Map<string, Map<string, Map<string, string[]>>>(
      Object.keys(GRANTS).map((role) => [role, new Map()]),
    );
    for (const { role, table, privilege, column } of granted) {
      const tables = found.get(role) ?? found.set(role, new Map()).get(role)!;
      const privileges = tables.get(table) ?? tables.set(table, new Map()).get(table)!;
      privileges.set(privilege, [...(privileges.get(privilege) ?? []), ...(column === null ? [] : [column])]);
    }
    const described = Object.fromEntries(
      [...found].map(([role, tables]) => [
        role,
        Object.fromEntries(
          [...tables].map(([table, privileges]) => [
            table,
            [...privileges]
              .map(([privilege, columns]) =>
                columns.length === 0 ? privilege : `${privilege} (${columns.join(', ')})`,
              )
              .join(', '),
          ]),
        ),
      ]),
    );
    expect(described).toEqual(GRANTS);
  });

  it('cannot truncate a table, create a trigger on it or refer to it', async () => {
    const powers = await rows(`
      SELECT r.rolname AS role, c.oid::regclass::text AS "table", p.privilege
      FROM pg_roles r, (VALUES ('TRUNCATE'), ('TRIGGER'), ('REFERENCES')) AS p(privilege), pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rolname IN (${LIST}) AND r.rolname NOT IN ('lethe_owner', 'lethe_migrator') AND c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname <> 'information_schema'
        AND has_table_privilege(r.oid, c.oid, p.privilege)`);
    expect(powers).toEqual([]);
  });

  it('cannot create anything in a schema', async () => {
    const found = await rows<{ schema: string; role: string; use: boolean; create: boolean }>(`
      SELECT n.nspname AS schema, r.rolname AS role, has_schema_privilege(r.oid, n.oid, 'USAGE') AS use, has_schema_privilege(r.oid, n.oid, 'CREATE') AS create
      FROM pg_namespace n, pg_roles r WHERE ${OF_THE_PRODUCT} AND r.rolname IN (${LIST}) AND r.rolname NOT IN ('lethe_owner', 'lethe_migrator')`);
    const of = (right: 'use' | 'create') =>
      found
        .filter((each) => each[right])
        .map(({ schema, role }) => `${schema} ${role}`)
        .sort();
    expect(of('create')).toEqual([]);
    expect(of('use')).toEqual([
      'audit lethe_app',
      'audit lethe_auditor',
      'audit lethe_purge',
      'audit lethe_sequencer',
      'public lethe_app',
      'public lethe_auditor',
      'public lethe_purge',
    ]);
  });

  it('can call only the functions meant for them', async () => {
    const found = await rows<{ role: string; name: string; definer: boolean }>(`
      SELECT r.role, p.proname AS name, p.prosecdef AS definer
      FROM pg_proc p
      JOIN pg_namespace n ON n.oid = p.pronamespace
      CROSS JOIN (VALUES ${EVERYBODY}) AS r (role)
      WHERE ${OF_THE_PRODUCT} AND n.nspname <> 'lethe_tripwire' AND ${NOT_OF_AN_EXTENSION('p')}
        AND has_function_privilege(r.role, p.oid, 'EXECUTE')
      ORDER BY 1, 2`);
    expect(found.filter(({ definer }) => definer)).toEqual([]);
    const callable: Record<string, string[]> = {};
    for (const { role, name } of found) callable[role] = [...(callable[role] ?? []), name];
    expect(callable).toEqual(CALLABLE);
  });

  it('get no privilege on functions of later migrations by default', async () => {
    await sql.query('BEGIN; SET LOCAL ROLE lethe_owner');
    await sql.query(`CREATE FUNCTION later() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'`);
    await sql.query(`CREATE PROCEDURE audit.later() LANGUAGE sql AS 'SELECT 1'`);
    const found = await rows(`
      SELECT r.role FROM pg_proc p CROSS JOIN (VALUES ${EVERYBODY}) AS r (role)
      WHERE p.proname = 'later' AND has_function_privilege(r.role, p.oid, 'EXECUTE')`);
    await sql.query('ROLLBACK');
    expect(found).toEqual([]);
  });

  it('can call functions of extensions, none of which is SECURITY DEFINER', async () => {
    const found = await rows(`
      SELECT DISTINCT x.extname AS extension, p.prosecdef AS definer
      FROM pg_proc p
      JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
      JOIN pg_extension x ON x.oid = d.refobjid
      WHERE has_function_privilege('public', p.oid, 'EXECUTE')
      ORDER BY 1`);
    expect(found).toEqual([
      { extension: 'pg_trgm', definer: false },
      { extension: 'plpgsql', definer: false },
      { extension: 'unaccent', definer: false },
    ]);
  });

  it('have exactly these privileges on the database and by default', async () => {
    const database_ = await rows<{ role: string; rights: string }>(`
      SELECT CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END AS role,
        string_agg(g.privilege_type, ', ' ORDER BY g.privilege_type) AS rights
      FROM pg_database d, aclexplode(d.datacl) AS g WHERE d.datname = current_database() GROUP BY 1 ORDER BY 1`);
    // a role with CONNECT alone can do nothing; an operator's own roles may have it
    expect(database_.filter(({ role }) => role !== 'lethe_owner')).toEqual([
      { role: 'PUBLIC', rights: 'CONNECT' },
      { role: 'lethe_app', rights: 'TEMPORARY' },
    ]);
    const defaults = await rows(`
      SELECT pg_get_userbyid(defaclrole) AS role, defaclnamespace AS schema, defaclobjtype AS type, defaclacl::text AS acl FROM pg_default_acl`);
    expect(defaults).toEqual([{ role: 'lethe_owner', schema: 0, type: 'f', acl: '{lethe_owner=X/lethe_owner}' }]);
  });

  it('have no large objects, and cannot create any', async () => {
    expect(await rows('SELECT oid FROM pg_largeobject_metadata')).toEqual([]);
    const found = await rows(`
      SELECT p.oid::regprocedure::text AS name, r.role FROM pg_proc p CROSS JOIN (VALUES ${EVERYBODY}) AS r (role)
      WHERE p.pronamespace = 'pg_catalog'::regnamespace AND (p.proname LIKE 'lo\\_%' OR p.proname IN ('loread', 'lowrite'))
        AND has_function_privilege(r.role, p.oid, 'EXECUTE')`);
    expect(found).toEqual([]);
  });

  it('have no types, languages, servers or parameters of their own', async () => {
    const found = await rows(`
      SELECT 'type ' || t.typname AS name FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE ${OF_THE_PRODUCT} AND t.typtype <> 'c' AND t.typelem = 0 AND ${NOT_OF_AN_EXTENSION('t')}
      UNION ALL SELECT 'language ' || lanname FROM pg_language WHERE NOT lanispl IS NULL AND lanacl IS NOT NULL
      UNION ALL SELECT 'server ' || srvname FROM pg_foreign_server
      UNION ALL SELECT 'wrapper ' || fdwname FROM pg_foreign_data_wrapper
      UNION ALL SELECT 'parameter ' || parname FROM pg_parameter_acl
      UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n, aclexplode(n.nspacl) AS g
        WHERE ${OF_THE_PRODUCT} AND g.grantee = 0`);
    expect(found).toEqual([]);
  });

  it('no SECURITY DEFINER trigger function runs on a foreign table', async () => {
    const loose = await rows(`
      SELECT p.oid::regprocedure::text AS name FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${OF_THE_PRODUCT} AND p.prosecdef AND p.prorettype = 'trigger'::regtype
        AND p.prosrc !~ 'IF TG_(RELID|TABLE_SCHEMA) <> ''?[a-z]'`);
    expect(loose).toEqual([]);
  });

  it.each([
    'CREATE TRIGGER x AFTER UPDATE ON stranger FOR EACH ROW EXECUTE FUNCTION public.remember_former_identity()',
    `CREATE TRIGGER x AFTER UPDATE ON stranger REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
       FOR EACH STATEMENT EXECUTE FUNCTION public.guard_customer_records_update()`,
    'CREATE TRIGGER x AFTER UPDATE ON stranger REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.enqueue()',
    'CREATE TRIGGER x AFTER UPDATE ON stranger REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_forged()',
  ])('the application cannot attach one to its own table: %s', async (trigger) => {
    const table = `CREATE TEMPORARY TABLE stranger (id uuid, customer_id uuid, first_name text, last_name text, birth_name text,
      company_name text, birth_date date, email text, phone text, mobile text, canonical text, action text)`;
    const outcome = async (role: string) => {
      await sql.query(`BEGIN; SET LOCAL ROLE ${role}`);
      try {
        await sql.query(table);
        await sql.query(`INSERT INTO stranger (id, first_name) VALUES (gen_random_uuid(), 'x')`);
        await sql.query(trigger);
        await sql.query(`UPDATE stranger SET first_name = 'y'`);
        return null;
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return `${code} ${message.replace(/ function .*/, ' function')}`;
      } finally {
        await sql.query('ROLLBACK');
      }
    };
    expect(await outcome('lethe_auditor')).toMatch(/^42501 permission denied to create temporary tables/);
    expect(await outcome('lethe_purge')).toMatch(/^42501 permission denied to create temporary tables/);
    expect(await outcome('lethe_app')).toMatch(/^42501 permission denied for (function|schema)/);
    expect(await outcome('lethe_owner')).toMatch(/^42501 the trigger function/);
  });

  it('no SECURITY DEFINER function has a search path that others can set', async () => {
    const bendable =
      await rows(`SELECT p.oid::regprocedure::text AS name, p.proconfig AS settings FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${OF_THE_PRODUCT} AND p.prosecdef
        AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=pg_catalog, ((public|audit), )?pg_temp$')`);
    expect(bendable).toEqual([]);
  });
});
