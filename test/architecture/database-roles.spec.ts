import type { Client } from 'pg';
import { ROLES } from '../../src/platform/database/roles';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const CHANGE = 'DELETE, INSERT, SELECT, UPDATE';
const KEEP = 'INSERT, SELECT, UPDATE';

/**
 * What each role may do with each table, column by column where it may not do it with the whole; `lethe_owner` owns everything. Whoever adds a
 * table says here what its migration grants.
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
    fiscal_envelope: 'INSERT, SELECT',
    former_identity: CHANGE,
    health_insurance_card: CHANGE,
    idempotency_answer: CHANGE,
    key_fingerprint: 'INSERT (fingerprint, name), SELECT',
    invoice: CHANGE,
    invoice_line: CHANGE,
    legal_hold: CHANGE,
    loyalty_program: KEEP,
    loyalty_transaction: CHANGE,
    marketing_consent: CHANGE,
    migrations: 'SELECT',
    outbox: CHANGE,
    payment: CHANGE,
    program_enrollment: CHANGE,
    quote: CHANGE,
    quote_number: 'USAGE',
    receipt: CHANGE,
    receipt_number: 'USAGE',
    relationship: CHANGE,
    selection: CHANGE,
    selection_member: CHANGE,
    service_contract: CHANGE,
    service_contract_number: 'USAGE',
    stock_item: CHANGE,
    'audit.checkpoint': 'SELECT',
    'audit.epoch': 'SELECT',
    'audit.entry': 'INSERT (canonical, id), SELECT',
    'audit.pending': 'SELECT',
    'audit.position': 'SELECT',
    'audit.tile': 'SELECT',
  },
  lethe_sequencer: {
    'audit.checkpoint': 'INSERT, SELECT',
    'audit.epoch': 'INSERT, SELECT',
    'audit.entry': 'SELECT',
    'audit.pending': 'DELETE, SELECT',
    'audit.position': 'INSERT, SELECT',
    'audit.tile': 'INSERT, SELECT, UPDATE',
  },
  lethe_purge: {
    archive_document: 'DELETE, SELECT',
    archive_key: 'DELETE, SELECT',
    customer: 'SELECT (anonymized_at, id)',
    fiscal_envelope: 'DELETE, SELECT (id)',
    outbox: 'INSERT',
    'audit.entry': 'INSERT (canonical, id)',
  },
  lethe_auditor: {
    anonymization_run: 'SELECT',
    anonymization_run_item: 'SELECT',
    'audit.checkpoint': 'SELECT',
    'audit.epoch': 'SELECT',
    'audit.entry': 'SELECT',
    'audit.pending': 'SELECT',
    'audit.position': 'SELECT',
    'audit.tile': 'SELECT',
  },
};

/** Functions of ours that a role may call; triggers need no such right. */
const CALLABLE: Readonly<Record<string, readonly string[]>> = {
  lethe_app: [
    'refresh_customer_search',
    'search_fold',
    'search_key',
    'search_letters',
    'search_name',
    'search_prefixes',
    'search_terms',
    'search_words',
    'uuid_v7',
  ],
  lethe_auditor: ['uuid_v7'],
  lethe_purge: ['uuid_v7'],
};

const OF_THE_PRODUCT = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%'`;
const NAME = `CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname`;
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

  it('may do nothing to the server', async () => {
    const powers =
      await rows(`SELECT rolname AS name, rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles
      WHERE rolname IN (${LIST}) AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)`);
    expect(powers).toEqual([]);
  });

  it('log in, except for the owner of everything', async () => {
    const found = await rows<{ name: string }>(
      `SELECT rolname AS name FROM pg_roles WHERE rolname IN (${LIST}) AND rolcanlogin ORDER BY 1`,
    );
    expect(found.map(({ name }) => name)).toEqual(ROLES.filter((role) => role !== 'lethe_owner').toSorted());
  });

  it('are members of nothing; the migrator alone may act as the owner', async () => {
    const members =
      await rows(`SELECT pg_get_userbyid(member) AS member, pg_get_userbyid(roleid) AS role, admin_option AS admin
      FROM pg_auth_members WHERE pg_get_userbyid(member) IN (${LIST}) OR pg_get_userbyid(roleid) IN (${LIST})`);
    expect(members).toEqual([{ member: 'lethe_migrator', role: 'lethe_owner', admin: false }]);
  });

  it('own nothing; the owner owns all of it', async () => {
    const owners = await rows<{ role: string }>(`SELECT DISTINCT pg_get_userbyid(d.refobjid) AS role FROM pg_shdepend d
      WHERE d.deptype = 'o' AND pg_get_userbyid(d.refobjid) IN (${LIST}) AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`);
    expect(owners).toEqual([{ role: 'lethe_owner' }]);
    const strangers =
      await rows(`SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${OF_THE_PRODUCT} AND pg_get_userbyid(c.relowner) <> 'lethe_owner'`);
    expect(strangers).toEqual([]);
  });

  it('may do exactly this with tables', async () => {
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

  it('cannot empty a table, hang a trigger on it or refer to it', async () => {
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

  it('call only the functions that are meant for them', async () => {
    const found = await rows<{ role: string; name: string; definer: boolean }>(`
      SELECT r.rolname AS role, p.proname AS name, p.prosecdef AS definer
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, pg_roles r
      WHERE ${OF_THE_PRODUCT} AND p.prorettype <> 'trigger'::regtype AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        AND r.rolname IN (${LIST}) AND r.rolname NOT IN ('lethe_owner', 'lethe_migrator')
        AND has_function_privilege(r.oid, p.oid, 'EXECUTE') AND has_schema_privilege(r.oid, n.oid, 'USAGE')
      ORDER BY 1, 2`);
    expect(found.filter(({ definer }) => definer)).toEqual([]);
    const callable: Record<string, string[]> = {};
    for (const { role, name } of found) callable[role] = [...(callable[role] ?? []), name];
    expect(callable).toEqual(CALLABLE);
  });

  it('no function runs with the rights of its owner on a search path that others choose', async () => {
    const bendable =
      await rows(`SELECT p.oid::regprocedure::text AS name, p.proconfig AS settings FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${OF_THE_PRODUCT} AND p.prosecdef
        AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=pg_catalog, ((public|audit), )?pg_temp$')`);
    expect(bendable).toEqual([]);
  });
});
