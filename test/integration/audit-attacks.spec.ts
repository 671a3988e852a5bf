import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { v7 } from 'uuid';
import type { LoginRole } from '../../src/platform/database/roles';
import { databaseCodeOf } from '../../src/platform/database/transient-failure';
import { armTripwire } from '../../src/platform/database/tripwire';
import { auditEntryOf, type CanonicalEntry, ENTRY_COLUMNS, writeEntries } from '../support/audit-entry';
import { Records } from '../support/records';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const ROLES = ['lethe_app', 'lethe_sequencer', 'lethe_purge', 'lethe_auditor'] as const satisfies readonly LoginRole[];
const TABLES = [
  'entry',
  'pending',
  'position',
  'tile',
  'checkpoint',
  'epoch',
  'announced',
  'claim',
  'participant',
  'simulation',
];
const DENIED = '42501';
const APPEND_ONLY = 'AN002';

/** Every attack on the log by any role of the product is refused and leaves the log bit for bit the same. */
describe('the audit log under attack', () => {
  let database: TestDatabase;
  let superuser: Client;
  const clients = new Map<string, Client>();
  const ids = Array.from({ length: 4 }, () => v7());
  let before: string;
  let living: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    superuser = await database.look();
    await armTripwire(superuser);
    await superuser.query('DELETE FROM audit.simulation');
    living = await new Records(superuser).customer();
    for (const role of ROLES) {
      const client = new Client(database.as(role));
      await client.connect();
      clients.set(role, client);
    }
    await fill();
    before = await everyBit();
  });

  afterAll(async () => {
    for (const client of clients.values()) await client.end();
    await database.drop();
  });

  afterEach(async () => expect(await everyBit()).toBe(before));

  /** Sequences and signs three entries and leaves the fourth pending; each role does its usual work. */
  async function fill(): Promise<void> {
    const entries = ids.map((id) => auditEntryOf({ id }));
    const canonical = entries.map((entry) => entry.canonical);
    await writeEntries(clients.get('lethe_app')!, entries);
    const sequencer = clients.get('lethe_sequencer')!;
    const placed = ids.slice(0, 3);
    await sequencer.query('DELETE FROM audit.pending WHERE entry_id = ANY ($1::uuid[])', [placed]);
    await sequencer.query(
      'INSERT INTO audit.position SELECT place, entry_id FROM unnest($1::uuid[]) WITH ORDINALITY AS p(entry_id, place)',
      [placed],
    );
    const hashes = Buffer.concat(
      canonical.slice(0, 3).map((text) => createHash('sha256').update(`\0${text}`).digest()),
    );
    await sequencer.query('INSERT INTO audit.tile VALUES (0, 0, $1)', [hashes]);
    await sequencer.query(`INSERT INTO audit.checkpoint VALUES (3, 'signed', now())`);
  }

  /** Inserts an entry whose columns fit each other, but not the text. */
  const forgery = (canonical: string) => `
    INSERT INTO audit.entry (${ENTRY_COLUMNS})
    SELECT gen_random_uuid(), '${canonical}', date_trunc('milliseconds', now()), 'ACCESS_REFUSED', 'platform', NULL, NULL,
      NULL, NULL, 'REFUSED'`;
  const FORGERY = forgery('{"id":"00000000-0000-7000-8000-000000000000"}');
  const copied = (id: string) => `
    INSERT INTO audit.entry (${ENTRY_COLUMNS}) SELECT ${ENTRY_COLUMNS.replace('id', id)} FROM audit.entry`;

  it.each<[LoginRole, string, string]>([
    // entries
    ['lethe_app', DENIED, `UPDATE audit.entry SET canonical = '{}'`],
    ['lethe_app', DENIED, 'UPDATE audit.entry SET canonical = canonical'],
    ['lethe_app', DENIED, 'DELETE FROM audit.entry'],
    ['lethe_app', DENIED, 'TRUNCATE audit.entry'],
    ['lethe_app', DENIED, 'TRUNCATE audit.entry, audit.position, audit.pending, audit.tile, audit.checkpoint CASCADE'],
    ['lethe_app', DENIED, 'SELECT FROM audit.entry FOR UPDATE'],
    ['lethe_app', DENIED, 'LOCK TABLE audit.entry IN ACCESS EXCLUSIVE MODE'],
    ['lethe_app', DENIED, 'MERGE INTO audit.entry e USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE'],
    ['lethe_app', DENIED, `WITH gone AS (DELETE FROM audit.entry RETURNING id) SELECT count(*) FROM gone`],
    ['lethe_app', DENIED, `${copied('id')} ON CONFLICT (id) DO UPDATE SET canonical = '{}'`],
    ['lethe_app', '23505', `${copied('id')} LIMIT 1`],
    ['lethe_app', '23502', `INSERT INTO audit.entry (id, canonical) VALUES (gen_random_uuid(), '{}')`],
    ['lethe_app', '22P02', forgery('nothing')],
    ['lethe_app', 'AN006', FORGERY],
    ['lethe_app', 'AN006', forgery('{}')],
    ['lethe_app', 'AN006', copied('gen_random_uuid()')],
    ['lethe_app', DENIED, `INSERT INTO audit.announced VALUES (gen_random_uuid(), '')`],
    ['lethe_app', DENIED, 'SELECT FROM audit.announced'],
    ['lethe_app', DENIED, `INSERT INTO audit.claim (action, module, customer_ids) VALUES ('x', 'x', '{}')`],
    ['lethe_app', DENIED, 'DELETE FROM audit.claim'],
    ['lethe_app', DENIED, 'INSERT INTO audit.simulation VALUES (now())'],
    ['lethe_app', DENIED, `INSERT INTO audit.participant VALUES ('audit')`],
    ['lethe_app', DENIED, 'SELECT audit.refuse_forged()'],
    ['lethe_app', DENIED, `COPY audit.entry TO PROGRAM 'cat'`],
    // positions, leaves and tree heads
    ['lethe_app', DENIED, 'UPDATE audit.position SET sequence = -sequence'],
    ['lethe_app', DENIED, 'DELETE FROM audit.position'],
    ['lethe_app', DENIED, 'TRUNCATE audit.position'],
    ['lethe_app', DENIED, `INSERT INTO audit.position VALUES (4, '${ids[3]}')`],
    ['lethe_app', DENIED, 'COPY audit.position FROM STDIN'],
    ['lethe_app', DENIED, 'INSERT INTO audit.pending SELECT gen_random_uuid()'],
    ['lethe_app', DENIED, 'DELETE FROM audit.pending'],
    ['lethe_app', DENIED, 'UPDATE audit.pending SET entry_id = gen_random_uuid()'],
    ['lethe_app', DENIED, 'TRUNCATE audit.pending'],
    ['lethe_app', DENIED, `INSERT INTO audit.tile VALUES (0, 1, decode(repeat('00', 32), 'hex'))`],
    ['lethe_app', DENIED, `UPDATE audit.tile SET hashes = decode(repeat('00', 96), 'hex')`],
    ['lethe_app', DENIED, 'DELETE FROM audit.tile'],
    ['lethe_app', DENIED, 'TRUNCATE audit.tile'],
    ['lethe_app', DENIED, `INSERT INTO audit.checkpoint VALUES (4, 'forged', now())`],
    ['lethe_app', DENIED, `UPDATE audit.checkpoint SET note = 'forged'`],
    ['lethe_app', DENIED, 'DELETE FROM audit.checkpoint'],
    ['lethe_app', DENIED, 'TRUNCATE audit.checkpoint'],
    // the triggers and constraints themselves
    ['lethe_app', DENIED, 'ALTER TABLE audit.entry DISABLE TRIGGER refuse_update'],
    ['lethe_app', DENIED, 'ALTER TABLE audit.entry DISABLE TRIGGER ALL'],
    ['lethe_app', DENIED, 'DROP TRIGGER refuse_delete ON audit.entry'],
    [
      'lethe_app',
      DENIED,
      'CREATE TRIGGER mine BEFORE INSERT ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.enqueue()',
    ],
    [
      'lethe_app',
      DENIED,
      `CREATE OR REPLACE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'`,
    ],
    ['lethe_app', DENIED, 'ALTER FUNCTION audit.enqueue() OWNER TO lethe_app'],
    ['lethe_app', DENIED, 'SELECT audit.enqueue()'],
    ['lethe_app', DENIED, 'CREATE RULE quiet AS ON INSERT TO audit.entry DO INSTEAD NOTHING'],
    [
      'lethe_app',
      'AN003', // the tripwire refuses first
      `CREATE TEMPORARY TABLE bait (n int); CREATE RULE trap AS ON INSERT TO bait DO INSTEAD DELETE FROM audit.entry; INSERT INTO bait VALUES (1)`,
    ],
    ['lethe_app', DENIED, 'CREATE TEMPORARY VIEW door AS SELECT id, canonical FROM audit.entry; DELETE FROM door'],
    ['lethe_app', DENIED, 'CREATE POLICY blind ON audit.entry USING (false)'],
    ['lethe_app', DENIED, 'ALTER TABLE audit.entry OWNER TO lethe_app'],
    ['lethe_app', DENIED, 'ALTER SCHEMA audit OWNER TO lethe_app'],
    ['lethe_app', DENIED, 'ALTER TABLE audit.entry DROP CONSTRAINT entry_id_is_its_own'],
    ['lethe_app', DENIED, 'DROP INDEX audit.entry_once_per_customer_and_module'],
    ['lethe_app', DENIED, 'DROP TABLE audit.entry CASCADE'],
    ['lethe_app', DENIED, 'DROP SCHEMA audit CASCADE'],
    ['lethe_app', DENIED, 'CREATE TABLE audit.mine (n int)'],
    // a foreign key to a table whose rows the role may delete
    [
      'lethe_app',
      DENIED,
      'ALTER TABLE audit.entry ADD FOREIGN KEY (id) REFERENCES selection_member (customer_id) ON DELETE CASCADE',
    ],
    ['lethe_app', DENIED, 'CREATE TABLE public.bait (entry_id uuid REFERENCES audit.entry ON DELETE CASCADE)'],
    ['lethe_app', '42P16', 'CREATE TEMPORARY TABLE bait (entry_id uuid REFERENCES audit.entry ON DELETE CASCADE)'],
    // the role and settings of the session
    ['lethe_app', DENIED, 'SET session_replication_role = replica'],
    ['lethe_app', DENIED, `SELECT set_config('session_replication_role', 'replica', false)`],
    ['lethe_app', DENIED, 'SET ROLE lethe_owner'],
    ['lethe_app', DENIED, 'SET ROLE lethe_migrator'],
    ['lethe_app', DENIED, 'SET ROLE lethe_sequencer'],
    ['lethe_app', DENIED, 'SET SESSION AUTHORIZATION lethe_owner'],
    ['lethe_app', DENIED, 'GRANT lethe_owner TO lethe_app'],
    ['lethe_app', DENIED, 'ALTER ROLE lethe_app SUPERUSER'],
    ['lethe_app', DENIED, 'ALTER ROLE lethe_app SET session_replication_role = replica'],
    ['lethe_app', DENIED, 'REASSIGN OWNED BY lethe_owner TO lethe_app'],
    ['lethe_app', DENIED, 'DROP OWNED BY lethe_owner CASCADE'],
    ['lethe_app', DENIED, 'ALTER EVENT TRIGGER lethe_audit_change DISABLE'],
    ['lethe_app', DENIED, 'DROP EVENT TRIGGER lethe_audit_drop'],
    ['lethe_app', DENIED, 'DROP FUNCTION lethe_tripwire.refuse_audit_change() CASCADE'],
    ['lethe_app', DENIED, `UPDATE pg_catalog.pg_trigger SET tgenabled = 'D'`],
    ['lethe_app', DENIED, "SELECT lo_import('/etc/passwd')"],
    // the sequencer adds positions and grows the tree, but may change nothing
    ['lethe_sequencer', DENIED, copied('id')],
    ['lethe_sequencer', DENIED, `UPDATE audit.entry SET canonical = '{}'`],
    ['lethe_sequencer', DENIED, 'DELETE FROM audit.entry'],
    ['lethe_sequencer', DENIED, 'INSERT INTO audit.pending SELECT gen_random_uuid()'],
    ['lethe_sequencer', DENIED, 'UPDATE audit.position SET sequence = sequence + 1'],
    ['lethe_sequencer', DENIED, 'DELETE FROM audit.position'],
    ['lethe_sequencer', DENIED, 'TRUNCATE audit.position'],
    ['lethe_sequencer', '23505', `INSERT INTO audit.position VALUES (1, '${ids[3]}')`],
    ['lethe_sequencer', '23505', `INSERT INTO audit.position VALUES (4, '${ids[0]}')`],
    [
      'lethe_sequencer',
      DENIED,
      `INSERT INTO audit.position VALUES (1, '${ids[3]}') ON CONFLICT (sequence) DO UPDATE SET entry_id = excluded.entry_id`,
    ],
    ['lethe_sequencer', APPEND_ONLY, `UPDATE audit.tile SET hashes = decode(repeat('00', 96), 'hex')`],
    ['lethe_sequencer', APPEND_ONLY, 'UPDATE audit.tile SET hashes = substring(hashes FROM 1 FOR 64)'],
    ['lethe_sequencer', APPEND_ONLY, 'UPDATE audit.tile SET place = 1'],
    [
      'lethe_sequencer',
      APPEND_ONLY,
      `INSERT INTO audit.tile VALUES (0, 0, decode(repeat('00', 128), 'hex')) ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes`,
    ],
    ['lethe_sequencer', DENIED, 'DELETE FROM audit.tile'],
    ['lethe_sequencer', DENIED, 'TRUNCATE audit.tile'],
    ['lethe_sequencer', '23505', `INSERT INTO audit.checkpoint VALUES (3, 'forged', now())`],
    [
      'lethe_sequencer',
      DENIED,
      `INSERT INTO audit.checkpoint VALUES (3, 'forged', now()) ON CONFLICT (size) DO UPDATE SET note = excluded.note`,
    ],
    ['lethe_sequencer', DENIED, `UPDATE audit.checkpoint SET note = 'forged'`],
    ['lethe_sequencer', DENIED, 'DELETE FROM audit.checkpoint'],
    ['lethe_sequencer', DENIED, 'ALTER TABLE audit.tile DISABLE TRIGGER refuse_update'],
    ['lethe_sequencer', DENIED, 'SET ROLE lethe_owner'],
    // the purge and the auditor
    ['lethe_purge', DENIED, 'DELETE FROM audit.entry'],
    ['lethe_purge', DENIED, `UPDATE audit.entry SET canonical = '{}'`],
    ['lethe_purge', DENIED, 'DELETE FROM audit.pending'],
    ['lethe_purge', 'AN006', FORGERY],
    ['lethe_purge', DENIED, 'SET ROLE lethe_owner'],
    ['lethe_auditor', DENIED, FORGERY],
    ['lethe_auditor', DENIED, 'DELETE FROM audit.entry'],
    ['lethe_auditor', DENIED, 'DELETE FROM audit.pending'],
    ['lethe_auditor', DENIED, 'SET ROLE lethe_owner'],
  ])('by %s: %s %s', async (role, code, statement) => {
    expect(await attempt(clients.get(role)!, statement)).toBe(code);
  });

  it('by a grant: a role without the grant option grants nothing and only gets a warning', async () => {
    expect(await attempt(clients.get('lethe_app')!, 'GRANT DELETE ON audit.entry TO lethe_app')).toBeNull();
    expect(await attempt(clients.get('lethe_app')!, 'DELETE FROM audit.entry')).toBe(DENIED);
  });

  it('by a search path: entries are queued in the log’s own table, whatever precedes it', async () => {
    const app = clients.get('lethe_app')!;
    const id = v7();
    await app.query('BEGIN');
    await app.query(
      'CREATE TEMPORARY TABLE pending (entry_id uuid); CREATE TEMPORARY TABLE new_rows (id uuid); SET LOCAL search_path = pg_temp, audit',
    );
    await writeEntries(app, [auditEntryOf({ id })]);
    const { rows } = await app.query(
      'SELECT (SELECT count(*)::int FROM audit.pending WHERE entry_id = $1) AS queued, (SELECT count(*)::int FROM pg_temp.pending) AS strayed',
      [id],
    );
    await app.query('ROLLBACK');
    expect(rows).toEqual([{ queued: 1, strayed: 0 }]);
  });

  describe('by an entry that the product would never write', () => {
    const minutesAway = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const nobody = '00000000-0000-7000-8000-000000000000';
    const erasure = (fields: object = {}) =>
      auditEntryOf({
        action: 'CUSTOMER_DATA_ANONYMIZED',
        module: 'finance',
        outcome: 'SUCCEEDED',
        customerId: living,
        runId: v7(),
        ...fields,
      });
    /** The canonical text with one part replaced. */
    const rewritten = (from: RegExp, to: string, fields: object = {}): CanonicalEntry => {
      const { id, canonical } = auditEntryOf({ ...fields });
      expect(canonical).toMatch(from);
      return { id, canonical: canonical.replace(from, to) };
    };

    it.each<[string, () => CanonicalEntry]>([
      ['from an hour ago', () => auditEntryOf({ occurredAt: minutesAway(-60) })],
      ['from the next hour', () => auditEntryOf({ occurredAt: minutesAway(60) })],
      ['with an invalid instant', () => auditEntryOf({ occurredAt: 'now' })],
      ['with an instant in another notation', () => rewritten(/Z","outcome"/, '+00:00","outcome"')],
      ['by an unknown employee', () => auditEntryOf({ actorId: nobody, actorRole: 'ADMINISTRATOR' })],
      ['in a role with a quote', () => auditEntryOf({ actorRole: 'A"B' })],
      ['with a further key', () => auditEntryOf({ zone: 'x' })],
      ['without a key', () => rewritten(/"customerId":null,/, '')],
      [
        'with keys in another order',
        () => rewritten(/\{"action":"ACCESS_REFUSED",/, '{"module":"x","action":"ACCESS_REFUSED",'),
      ],
      ['with a space', () => rewritten(/^\{/, '{ ')],
      ['with details that are not an object', () => auditEntryOf({ details: [] })],
      ['with an action in small letters', () => auditEntryOf({ action: 'access' })],
      ['with an unknown outcome', () => auditEntryOf({ outcome: 'DONE' })],
      ['of 70 kB', () => auditEntryOf({ details: { text: 'x'.repeat(70_000) } })],
      ['of an erasure in a module that takes no part', () => erasure({ module: 'audit' })],
      ['of an erasure without an employee', () => erasure()],
    ])('%s', async (_, forged) => {
      expect(await written(forged())).toBe('AN006');
    });

    it.each([
      ['the first', `"customerId":"${nobody}","customerId":null`],
      ['the second', `"customerId":null,"customerId":"${nobody}"`],
    ])('with two customer ids, of which %s counts', async (_, doubled) => {
      expect(await written(rewritten(/"customerId":null/, doubled))).toBe('AN006');
    });

    it.each([
      ['id', 'gen_random_uuid()'],
      ['occurred_at', "INSTANT::timestamptz + interval '1 microsecond'"],
      ['occurred_at', "'infinity'"],
      ['action', "'LOGIN_FAILED'"],
      ['module', "'employee'"],
      ['customer_id', 'gen_random_uuid()'],
      ['run_id', 'gen_random_uuid()'],
      ['actor_id', 'gen_random_uuid()'],
      ['actor_role', "'ADMINISTRATOR'"],
      ['outcome', "'FAILED'"],
    ])('with a column %s that differs from its text: %s', async (column, value) => {
      const { id, canonical } = auditEntryOf();
      const { occurredAt } = JSON.parse(canonical) as { occurredAt: string };
      const values = {
        id: `'${id}'`,
        canonical: `'${canonical}'`,
        occurred_at: `'${occurredAt}'`,
        action: `'ACCESS_REFUSED'`,
        module: `'platform'`,
        customer_id: 'NULL',
        run_id: 'NULL',
        actor_id: 'NULL',
        actor_role: 'NULL',
        outcome: `'REFUSED'`,
      };
      const insert = (row: Readonly<Record<string, string>>) =>
        `INSERT INTO audit.entry (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
      const forged = { ...values, [column]: value.replace('INSTANT', `'${occurredAt}'`) };
      expect(await rolledBack((app) => app.query(insert(values)))).toBeNull();
      expect(await rolledBack((app) => app.query(insert(forged)))).toBe('AN006');
    });

    it('with duplicate details', async () => {
      // what stands between head and tail is no JSON value then
      expect(await written(rewritten(/"details":\{\}/, '"details":{},"details":{}'))).toBe('22P02');
      expect(await written(rewritten(/"details":\{\}/, '"details":{},"customerId":null'))).toBe('22P02');
    });

    it.each(['CUSTOMER_DATA_ANONYMIZED', 'ERASURE_REPLAYED'])(
      'of %s for a customer who is not anonymized: refused at the commit, or earlier when constraints are immediate',
      async (action) => {
        const app = clients.get('lethe_app')!;
        const { rows } = await superuser.query<{ id: string }>(
          `INSERT INTO employee (username, display_name, role, password_hash) VALUES ($1, 'x', 'ADMINISTRATOR', 'x') RETURNING id`,
          [`admin ${action}`],
        );
        for (const customerId of [living, v7()])
          for (const constraints of ['', 'SET CONSTRAINTS ALL DEFERRED', 'SET CONSTRAINTS ALL IMMEDIATE']) {
            const entry = erasure({ action, customerId, actorId: rows[0]!.id, actorRole: 'ADMINISTRATOR' });
            await app.query('BEGIN');
            await app.query(constraints);
            const code = await writeEntries(app, [entry])
              .then(() => app.query('COMMIT'))
              .then(() => null, databaseCodeOf);
            await app.query('ROLLBACK');
            expect(code).toBe('AN006');
          }
      },
    );

    it('while entries of the product are accepted', async () => {
      for (const fields of [{}, { customerId: living, details: { text: 'Größe „1“', list: [1, { a: null }] } }]) {
        const app = clients.get('lethe_app')!;
        await app.query('BEGIN');
        await writeEntries(app, [auditEntryOf(fields)]);
        await app.query('ROLLBACK');
      }
    });

    it('unless the sequencer has read them from the ledger with exactly these bytes', async () => {
      const [app, sequencer] = [clients.get('lethe_app')!, clients.get('lethe_sequencer')!];
      const old = auditEntryOf({ occurredAt: '2020-01-01T10:00:00.000Z', actorId: nobody });
      const leaf = createHash('sha256').update(`\0${old.canonical}`).digest();
      await sequencer.query('INSERT INTO audit.announced VALUES ($1, $2)', [old.id, leaf]);
      const other = { ...old, canonical: old.canonical.replace('2020-01-01', '2020-01-02') };
      expect(await written(other)).toBe('AN006');
      await app.query('BEGIN');
      await writeEntries(app, [old]);
      await app.query('ROLLBACK');
      await sequencer.query('DELETE FROM audit.announced');
    });

    const written = (entry: CanonicalEntry) => rolledBack((app) => writeEntries(app, [entry]));

    async function rolledBack(work: (app: Client) => Promise<unknown>): Promise<string | null> {
      const app = clients.get('lethe_app')!;
      await app.query('BEGIN');
      const code = await work(app).then(() => null, databaseCodeOf);
      await app.query('ROLLBACK');
      return code;
    }
  });

  describe('by a superuser, with and without ordinary triggers', () => {
    it.each(
      ['entry', 'position', 'tile', 'checkpoint', 'epoch'].flatMap((table) => [
        [APPEND_ONLY, `DELETE FROM audit.${table}`],
        [APPEND_ONLY, `TRUNCATE audit.${table}`],
      ]),
    )('%s %s', refused);

    it.each([
      [APPEND_ONLY, `UPDATE audit.entry SET canonical = canonical`],
      [APPEND_ONLY, 'UPDATE audit.position SET sequence = sequence'],
      [APPEND_ONLY, `UPDATE audit.tile SET hashes = decode(repeat('00', 96), 'hex')`],
      [APPEND_ONLY, 'UPDATE audit.checkpoint SET note = note'],
      ['AN003', 'ALTER TABLE audit.entry DISABLE TRIGGER ALL'],
      ['AN003', 'DROP TABLE audit.checkpoint'],
    ])('%s %s', refused);

    async function refused(code: string, statement: string): Promise<void> {
      expect(await attempt(superuser, statement)).toBe(code);
      expect(await attempt(superuser, `SET LOCAL session_replication_role = replica; ${statement}`)).toBe(code);
    }
  });

  /** The SQLSTATE of a transaction; null if it committed. */
  async function attempt(client: Client, statement: string): Promise<string | null> {
    await client.query('BEGIN');
    try {
      await client.query(statement);
      await client.query('COMMIT');
      return null;
    } catch (error) {
      await client.query('ROLLBACK');
      return databaseCodeOf(error) ?? String(error);
    }
  }

  /** Every row of the log, with its physical position and the transaction that wrote it. */
  async function everyBit(): Promise<string> {
    const rows = TABLES.map(
      (table) => `SELECT '${table}' AS name, t.ctid, t.xmin::text, t::text FROM audit.${table} t`,
    );
    const { rows: digests } = await superuser.query<{ digest: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(r::text, E'\\n' ORDER BY name, ctid)) AS digest FROM (${rows.join(' UNION ALL ')}) AS r`,
    );
    return digests[0]!.digest;
  }
});
