import { Client } from 'pg';
import { AuditDefences, deviationsOf, isTripwire } from '../../src/modules/audit/integrity/audit-defences';
import { DefenceMonitor } from '../../src/modules/audit/integrity/defence-monitor';
import { DEFENCE_FACTS, type DefenceFact } from '../../src/modules/audit/queries/defence-facts.queries';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { openDatabase } from '../../src/platform/database/database-access';
import { databaseCodeOf } from '../../src/platform/database/transient-failure';
import { armTripwire } from '../../src/platform/database/tripwire';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { TestApp } from '../support/test-app';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { until } from '../support/until';

const TRIPWIRE_MISSING = ['MISSING event trigger lethe_audit_change', 'MISSING event trigger lethe_audit_drop'];

const deviations = async (client: Client) =>
  deviationsOf((await client.query<DefenceFact>(DEFENCE_FACTS)).rows).map(({ kind, object }) => `${kind} ${object}`);

describe('the defences of the audit log', () => {
  let database: TestDatabase;
  let superuser: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await database.look();
  });

  afterAll(() => database.drop());

  it('are those of the migrations, which do not include the tripwire', async () => {
    expect(await deviations(superuser)).toEqual(TRIPWIRE_MISSING);
  });

  it('look the same to the application’s role', async () => {
    const app = new Client(database.as('lethe_app'));
    await app.connect();
    expect(await deviations(app)).toEqual(TRIPWIRE_MISSING);
    await app.end();
  });

  it('look the same when recreated from their definitions, as a restored dump does', async () => {
    const { rows } = await superuser.query<{ table: string; name: string; definition: string }>(
      `SELECT conrelid::regclass AS table, conname AS name, pg_get_constraintdef(oid) AS definition
       FROM pg_constraint WHERE connamespace = 'audit'::regnamespace AND contype = 'c'`,
    );
    await superuser.query('BEGIN');
    for (const { table, name, definition } of rows)
      await superuser.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${definition}`);
    const found = await deviations(superuser);
    await superuser.query('ROLLBACK');
    expect(rows.length).toBeGreaterThan(3);
    expect(found).toEqual(TRIPWIRE_MISSING);
  });

  it.each<[string, readonly string[]]>([
    ['ALTER TABLE audit.entry DISABLE TRIGGER refuse_update', ['CHANGED trigger refuse_update on audit.entry']],
    ['ALTER TABLE audit.entry ENABLE TRIGGER enqueue', ['CHANGED trigger enqueue on audit.entry']],
    ['DROP TRIGGER refuse_truncate ON audit.checkpoint', ['MISSING trigger refuse_truncate on audit.checkpoint']],
    [
      'CREATE TRIGGER mine BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()',
      ['ADDED trigger mine on audit.entry'],
    ],
    [
      `CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
       SET search_path = pg_catalog, pg_temp AS 'BEGIN RETURN NULL; END'`,
      ['CHANGED function audit.refuse_change()'],
    ],
    ['ALTER FUNCTION audit.enqueue() SECURITY INVOKER', ['CHANGED function audit.enqueue()']],
    ['ALTER FUNCTION audit.enqueue() RESET search_path', ['CHANGED function audit.enqueue()']],
    ['ALTER FUNCTION audit.refuse_other_hashes() OWNER TO lethe_app', ['CHANGED function audit.refuse_other_hashes()']],
    [
      `CREATE FUNCTION audit.mine() RETURNS void LANGUAGE sql AS ''`,
      ['ADDED function audit.mine()', 'ADDED grant of EXECUTE on audit.mine() to PUBLIC'],
    ],
    ['CREATE RULE quiet AS ON INSERT TO audit.entry DO INSTEAD NOTHING', ['ADDED rule quiet on audit.entry']],
    [
      'ALTER TABLE audit.entry ENABLE ROW LEVEL SECURITY; CREATE POLICY blind ON audit.entry USING (false)',
      ['ADDED policy blind on audit.entry', 'CHANGED table audit.entry'],
    ],
    [
      'CREATE TABLE bait (entry_id uuid REFERENCES audit.entry ON DELETE CASCADE)',
      ['ADDED constraint bait_entry_id_fkey on bait'],
    ],
    [
      'ALTER TABLE audit.entry ADD CONSTRAINT leash FOREIGN KEY (id) REFERENCES customer',
      ['ADDED constraint leash on audit.entry'],
    ],
    ['CREATE TABLE child () INHERITS (audit.pending)', ['ADDED inheritance of child from audit.pending']],
    ['ALTER TABLE audit.position SET UNLOGGED', ['CHANGED table audit.position']],
    ['ALTER TABLE audit.entry ALTER content DROP EXPRESSION', ['CHANGED column audit.entry.content']],
    ['ALTER TABLE audit.checkpoint ALTER note DROP NOT NULL', ['CHANGED column audit.checkpoint.note']],
    ['ALTER TABLE audit.tile ADD remark text', ['ADDED column audit.tile.remark']],
    [
      'ALTER TABLE audit.entry DROP CONSTRAINT entry_id_is_its_own',
      ['MISSING constraint entry_id_is_its_own on audit.entry'],
    ],
    ['DROP INDEX audit.entry_once_per_customer_and_module', ['MISSING index audit.entry_once_per_customer_and_module']],
    ['GRANT UPDATE ON audit.entry TO lethe_app', ['ADDED grant of UPDATE on audit.entry to lethe_app']],
    [
      'GRANT UPDATE (canonical) ON audit.entry TO lethe_app',
      ['ADDED grant of UPDATE on audit.entry (canonical) to lethe_app'],
    ],
    ['GRANT INSERT ON audit.pending TO PUBLIC', ['ADDED grant of INSERT on audit.pending to PUBLIC']],
    ['GRANT CREATE ON SCHEMA audit TO lethe_purge', ['ADDED grant of CREATE on schema audit to lethe_purge']],
    [
      'GRANT SELECT ON audit.entry TO lethe_app WITH GRANT OPTION',
      ['CHANGED grant of SELECT on audit.entry to lethe_app'],
    ],
    [
      'REVOKE SELECT ON audit.position FROM lethe_auditor',
      ['MISSING grant of SELECT on audit.position to lethe_auditor'],
    ],
    [
      'ALTER DEFAULT PRIVILEGES FOR ROLE lethe_owner IN SCHEMA audit GRANT ALL ON TABLES TO lethe_app',
      ['ADDED default privileges of lethe_owner on tables in audit'],
    ],
    ['GRANT lethe_owner TO lethe_app', ['ADDED membership of lethe_app in lethe_owner']],
    ['ALTER ROLE lethe_app SUPERUSER', ['CHANGED role lethe_app']],
    ['ALTER ROLE lethe_owner LOGIN', ['CHANGED role lethe_owner']],
    ['GRANT SET ON PARAMETER session_replication_role TO lethe_purge', ['CHANGED role lethe_purge']],
    [
      'ALTER ROLE lethe_app SET session_replication_role = replica',
      ['ADDED setting session_replication_role of lethe_app'],
    ],
    ['ALTER ROLE ALL SET session_replication_role = replica', ['ADDED setting session_replication_role of everybody']],
    [
      'DROP TABLE audit.tile; CREATE VIEW audit.tile AS SELECT 1::smallint AS level',
      ['MISSING table audit.tile', 'ADDED view audit.tile', 'MISSING trigger refuse_delete on audit.tile'],
    ],
    ['ALTER TABLE audit.entry OWNER TO lethe_app', ['CHANGED table audit.entry']],
    ['ALTER SCHEMA audit OWNER TO lethe_app', ['CHANGED schema audit']],
    ['ALTER SCHEMA audit RENAME TO elsewhere', ['MISSING schema audit', 'MISSING table audit.entry']],
  ])('reveal that they are weakened: %s', async (statement, expected) => {
    await superuser.query('BEGIN');
    try {
      await superuser.query(statement);
      const found = await deviations(superuser);
      expect(found.filter((deviation) => expected.includes(deviation)).sort()).toEqual([...expected].sort());
      // changes of owners, views and names have further effects; all others are reported alone
      const isAlone = !/OWNER TO lethe_app|VIEW|RENAME/.test(statement);
      if (isAlone) expect(found.sort()).toEqual([...expected, ...TRIPWIRE_MISSING].sort());
    } finally {
      await superuser.query('ROLLBACK');
    }
  });

  describe('with the tripwire', () => {
    let guarded: TestDatabase;
    let administrator: Client;
    let owner: Client;

    beforeAll(async () => {
      guarded = await createTestDatabase();
      administrator = await guarded.look();
      await armTripwire(administrator);
      owner = new Client({ ...guarded.as('lethe_migrator'), options: '-c role=lethe_owner' });
      await owner.connect();
    });

    afterAll(async () => {
      await owner.end();
      await guarded.drop();
    });

    it('are complete', async () => {
      expect(await deviations(administrator)).toEqual([]);
    });

    it('can be armed repeatedly and concurrently', async () => {
      const others = await Promise.all([guarded.look(), guarded.look(), guarded.look()]);
      await Promise.all(others.map((other) => armTripwire(other)));
      expect(await deviations(administrator)).toEqual([]);
    });

    it.each([
      'ALTER TABLE audit.entry DISABLE TRIGGER refuse_update',
      'ALTER TABLE audit.entry DISABLE TRIGGER ALL',
      'DROP TRIGGER refuse_update ON audit.entry',
      'CREATE TRIGGER mine BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()',
      'ALTER TRIGGER refuse_update ON audit.entry RENAME TO mine',
      `CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
      'ALTER FUNCTION audit.enqueue() SECURITY INVOKER',
      'CREATE RULE quiet AS ON INSERT TO audit.entry DO INSTEAD NOTHING',
      'CREATE POLICY blind ON audit.entry USING (false)',
      'CREATE TABLE bait (entry_id uuid REFERENCES audit.entry ON DELETE CASCADE)',
      'CREATE TABLE child () INHERITS (audit.pending)',
      'CREATE TABLE audit.mine (n int)',
      'CREATE INDEX mine ON audit.entry (canonical)',
      'ALTER TABLE audit.entry DROP CONSTRAINT entry_id_is_its_own',
      'ALTER TABLE audit.entry ALTER content DROP EXPRESSION',
      'ALTER TABLE audit.entry RENAME TO other',
      'ALTER TABLE audit.entry OWNER TO CURRENT_USER',
      'ALTER TABLE audit.entry SET SCHEMA public',
      'ALTER TABLE audit.checkpoint SET SCHEMA public',
      'DROP INDEX audit.entry_once_per_customer_and_module',
      'DROP TABLE audit.entry CASCADE',
      'DROP FUNCTION audit.enqueue() CASCADE',
      'ALTER SCHEMA audit RENAME TO elsewhere',
      'DROP SCHEMA audit CASCADE',
      'DROP OWNED BY lethe_owner CASCADE',
    ])('neither a superuser nor the owner can change them by accident: %s', async (statement) => {
      expect(await codeOf(administrator, statement)).toBe('AN003');
      expect(await codeOf(administrator, `SET LOCAL session_replication_role = replica; ${statement}`)).toBe('AN003');
      // statements without the privilege are refused earlier
      expect(await codeOf(owner, statement)).toMatch(/^(AN003|42501)$/);
      expect(await deviations(administrator)).toEqual([]);
    });

    it('a migration can, as the owner only', async () => {
      const migrating = (statement: string) => `SET LOCAL lethe.migrating = on; ${statement}`;
      for (const statement of ['ALTER TABLE audit.tile ADD remark text', 'DROP INDEX audit.entry_run']) {
        expect(await codeOf(owner, migrating(statement))).toBeNull();
        expect(await codeOf(administrator, migrating(statement))).toBe('AN003');
      }
    });

    it('everything else still works', async () => {
      for (const statement of [
        'CREATE TEMPORARY TABLE entry (id uuid PRIMARY KEY) ON COMMIT DROP',
        'CREATE TABLE audit_like (id uuid PRIMARY KEY); ALTER TABLE audit_like ADD n int; DROP TABLE audit_like',
        'CREATE FUNCTION audit() RETURNS int LANGUAGE sql AS $$SELECT 1$$; DROP FUNCTION audit()',
        'ALTER TABLE customer DISABLE TRIGGER guard_update',
        'REINDEX TABLE audit.entry',
      ])
        expect([statement, await codeOf(administrator, statement)]).toEqual([statement, null]);
    });

    it.each([
      'ALTER EVENT TRIGGER lethe_audit_change DISABLE',
      'ALTER EVENT TRIGGER lethe_audit_drop ENABLE',
      'DROP EVENT TRIGGER lethe_audit_drop',
      `CREATE OR REPLACE FUNCTION lethe_tripwire.refuse_audit_change() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'`,
    ])('reveal that the tripwire itself is disabled: %s', async (statement) => {
      await administrator.query('BEGIN');
      try {
        await administrator.query(statement);
        const found = deviationsOf((await administrator.query<DefenceFact>(DEFENCE_FACTS)).rows);
        expect(found.length).toBeGreaterThan(0);
        expect(found.filter((deviation) => !isTripwire(deviation))).toEqual([]);
      } finally {
        await administrator.query('ROLLBACK');
      }
      expect(await codeOf(owner, statement)).toBe('42501');
    });
  });

  describe('when the product starts', () => {
    it('the tripwire is armed if the login may do so', async () => {
      const own = await createTestDatabase();
      const { host, port, user, password, database: name } = own.superuser;
      const url = `postgres://${user}:${encodeURIComponent(password!)}@${host}:${port}/${name}`;
      const access = await openDatabase(LetheConfig.from({ DATABASE_URL: url }), 'serve');
      await access.stop();
      expect(await deviations(await own.look())).toEqual([]);
      await own.drop();
    });

    it('a login without that permission starts without the tripwire, and health reports it', async () => {
      const plain = new Client(database.as('lethe_app'));
      await plain.connect();
      await armTripwire(plain);
      await plain.end();
      expect(await deviations(superuser)).toEqual(TRIPWIRE_MISSING);
    });

    it('weakened defences are a warning until they are repaired', async () => {
      const app = await TestApp.start();
      const monitor = app.nest.get(DefenceMonitor);
      const health = app.nest.get(HealthSignals);
      const warnings = () => health.warnings.filter((code) => /^AUDIT_(DEFENCES|TRIPWIRE)/.test(code));

      // detected at the start, without a request
      await until('there is a warning', () => warnings().length > 0);
      expect(warnings()).toEqual(['AUDIT_TRIPWIRE_MISSING']);
      await armTripwire(app.sql);
      expect(await monitor.attempt()).toBe(true);
      expect(warnings()).toEqual([]);

      await app.sql.query('GRANT DELETE ON audit.entry TO lethe_app');
      expect(await monitor.attempt()).toBe(false);
      expect(warnings()).toEqual(['AUDIT_DEFENCES_WEAKENED']);
      expect(await app.nest.get(AuditDefences).deviations()).toEqual([
        { kind: 'ADDED', object: 'grant of DELETE on audit.entry to lethe_app' },
      ]);

      await app.sql.query('REVOKE DELETE ON audit.entry FROM lethe_app');
      expect(await monitor.attempt()).toBe(true);
      expect(warnings()).toEqual([]);
      await app.stop();
    });
  });

  async function codeOf(client: Client, statement: string): Promise<string | null> {
    await client.query('BEGIN');
    try {
      await client.query(statement);
      return null;
    } catch (error) {
      return databaseCodeOf(error) ?? String(error);
    } finally {
      await client.query('ROLLBACK');
    }
  }
});
