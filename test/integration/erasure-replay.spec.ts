import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { requireLedger } from '../../src/cli/open-for-changes';
import { AuditLog, INSERT_ENTRIES, LedgerRebuild, LogKeys } from '../../src/modules/audit';
import { Ledger } from '../../src/libraries/transparency-log';
import { NoteSigner, signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { DomainError } from '../../src/kernel/domain-error';
import type { CustomerTable } from '../../src/modules/data-map';
import { Clock } from '../../src/platform/clock/clock';
import { createDataSource } from '../../src/platform/database/data-source';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { KeyFolder } from '../../src/platform/keys/key-folder';
import type { Replayed } from '../../src/app/replay';
import { NEEDLE } from '../support/customer-rows';
import { dumpDatabase, searchOf } from '../support/database-dump';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { asOldLedger, oldCheckpointFile, oldEntryFile, segmentFiles } from '../support/ledger-files';
import { Records } from '../support/records';
import { RestorableShop } from '../support/restorable-shop';

const CUSTOMERS = 500;

const MODULES = ['archive', 'customer', 'device', 'finance', 'loyalty'];

interface Stub {
  readonly id: string;
  readonly last_name: string;
  readonly anonymized_at: Date;
  readonly anonymized_by: string;
  readonly anonymization_run_id: string;
}

const stubs = (shop: RestorableShop): Promise<Stub[]> =>
  shop.query<Stub>(
    'SELECT id, last_name, anonymized_at, anonymized_by, anonymization_run_id FROM customer WHERE anonymized_at IS NOT NULL ORDER BY id',
  );

const logged = async (shop: RestorableShop): Promise<string[]> =>
  (
    await shop.query<{ canonical: string }>(
      'SELECT e.canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id ORDER BY p.sequence',
    )
  ).map(({ canonical }) => canonical);

const isAnonymized = async (shop: RestorableShop, id: string): Promise<boolean> =>
  (await shop.query('SELECT FROM customer WHERE id = $1 AND anonymized_at IS NOT NULL', [id])).length === 1;

async function exported({ ledger }: RestorableShop): Promise<string[]> {
  const entries: string[] = [];
  for await (const entry of ledger.entries()) entries.push(entry);
  return entries;
}

/** Every value of every table, regardless of the order of its rows. */
const everything = async (shop: RestorableShop): Promise<Record<string, string[]>> =>
  Object.fromEntries(
    [...(await dumpDatabase(await shop.sql()))].map(([table, content]) => [table, content.split('\n').sort()]),
  );

const inOrder = (one: object, other: object): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

describe('a database restored from a backup', () => {
  let shop: RestorableShop;
  let named: FullCustomer[];
  let others: FullCustomer;
  let population: string[];
  let tables: readonly CustomerTable[];
  let merged: FullCustomer;
  let later: string;
  let runId: string;
  let stubsBefore: Stub[];
  let recordsBefore: Record<string, unknown[]>;
  let ledgerBefore: string[];
  let restoredWithNeedle: string[];
  let faults: unknown;
  let commands: string[];
  let refused: number[];
  let report: Replayed;

  beforeAll(async () => {
    shop = await RestorableShop.open();
    await shop.serve();
    const customers = await shop.population();
    population = await customers.customers(CUSTOMERS);
    await customers.fill(population);
    const sql = await shop.sql();
    const relative = await new Records(sql).customer();
    tables = shop.dataMap.allCustomerTables;
    named = [];
    for (const key of ['Abaqo', 'Ebequ', 'Ibiqa']) named.push(await fullCustomer(sql, key, relative));
    others = await fullCustomer(sql, 'Obaqe', relative);
    merged = await fullCustomer(sql, 'Ubuqi', relative);
    await shop.anonymize(named[0]!.id); // before the backup
    await shop.anchored();
    await shop.backUp();

    shop.clock.set('2025-03-31T22:30:00.000Z'); // 1 April in the shop's time zone, long before the replay
    await shop.serve();
    runId = await shop.anonymizeAll(population);
    await (
      await shop.as('admin')
    )
      .post(`/api/v1/customers/${merged.id}/merge`)
      .send({ intoCustomerId: named[1]!.id })
      .expect(200);
    await shop.anonymize(named[1]!.id);
    await shop.anonymize(named[2]!.id);
    later = await new Records(await shop.sql()).customer();
    await shop.anonymize(later);
    await (
      await shop.as('compliance')
    )
      .post(`/api/v1/customers/${others.id}/legal-hold`)
      .send({ reasonCode: 'LITIGATION' })
      .expect(201);
    await shop.anchored();
    await shop.stop();
    shop.clock.set(null);
    stubsBefore = await stubs(shop);
    recordsBefore = await records();
    ledgerBefore = await exported(shop);
    await shop.restore();
    restoredWithNeedle = searchOf(await dumpDatabase(await shop.sql()))(NEEDLE);

    await shop.serve();
    const ready = await shop.anonymous().get('/api/v1/health/ready');
    faults = [ready.status, (ready.body as { faults: string[] }).faults];
    refused = [];
    for (const route of ['/api/v1/auth/login', `/api/v1/customers/${population[0]}/anonymization`])
      refused.push((await shop.anonymous().post(route).send({})).status);
    commands = [await codeOf(requireLedger(shop.config, shop.database))];
    report = await shop.replay();
    commands.push(await codeOf(requireLedger(shop.config, shop.database)));
  });
  afterAll(() => shop?.dispose());

  /**
   * Rows of all customers erased after the backup, without parts that differ each time: ids of new rows, sealed bytes,
   * versions.
   */
  async function records(): Promise<Record<string, unknown[]>> {
    const found: Record<string, unknown[]> = {};
    const erased = [...population, ...named.slice(1).map(({ id }) => id), merged.id];
    for (const { name, rule } of tables) {
      const owners = rule.customerColumns.map((column) => `t.${column} = ANY ($1)`).join(' OR ');
      const rows = await shop.query<{ row: object; created_on?: string }>(
        `SELECT to_jsonb(t) - '{version,updated_at,sealed_content,sealed_key,wrapped_key,envelope_id}'::text[]
           - CASE WHEN to_jsonb(t) ->> 'type' = 'SEALED_COPY' THEN '{id,content_id}'::text[] ELSE '{}' END AS row
         FROM ${name} t WHERE ${owners}`,
        [erased],
      );
      found[name] = rows.map(({ row }) => row).sort(inOrder);
    }
    return found;
  }

  it('is detected at the start, and only health is served', () => {
    expect(faults).toEqual([503, ['DATABASE_BEHIND_LEDGER']]);
    expect(refused).toEqual([503, 503]);
  });

  it('accepts no changes by commands until it is replayed', () => {
    expect(commands).toEqual(['DATABASE_BEHIND_LEDGER', 'done']);
  });

  it('is replayed, with a report of what was done', () => {
    expect(report).toMatchObject({
      ledger: ledgerBefore.length,
      unsigned: 0,
      erased: population.length + 2,
      merged: 1,
      absent: 1,
      conflicts: [],
      pausedRuns: 0,
      holdsSet: [others.id],
      cleanup: 'CLEANED',
    });
    expect(report.entries).toBeGreaterThan(5 * (population.length + 3));
  });

  it('serves again without intervention', async () => {
    await shop.served();
    const { body } = await (await shop.as('admin')).get(`/api/v1/customers/${named[2]!.id}`).expect(200);
    expect(body).toMatchObject({ status: 'DELETED', firstName: null });
  });

  it('has every entry of the ledger again, byte for byte and with its sequence', async () => {
    const now = await logged(shop);
    expect(now.slice(0, ledgerBefore.length)).toEqual(ledgerBefore);
    expect((await exported(shop)).slice(0, ledgerBefore.length)).toEqual(ledgerBefore);
    await shop.anchored();
    expect(await shop.problemOfLog()).toBeNull();
  });

  it('contains no value of erased customers, in any column of any table', async () => {
    const tablesWith = searchOf(await dumpDatabase(await shop.sql()));
    for (const { tokens } of [...named, merged])
      for (const token of tokens) expect({ token, at: tablesWith(token) }).toEqual({ token, at: [] });
    expect(restoredWithNeedle.length).toBeGreaterThan(20);
    expect(tablesWith(NEEDLE)).toEqual([]);
    for (const token of others.tokens) expect(tablesWith(token)).not.toEqual([]);
  });

  it('keeps date, employee, run and label of each erasure', async () => {
    expect(await stubs(shop)).toEqual(stubsBefore.filter(({ id }) => id !== later));
  });

  it('keeps the erased customers’ records: with the original dates, not those of the replay', async () => {
    expect(await records()).toEqual(recordsBefore);
    expect(recordsBefore.quote).toContainEqual(expect.objectContaining({ status: 'ENDED', ended_on: '2025-04-01' }));
    expect(recordsBefore.archive_document).toContainEqual(
      expect.objectContaining({ type: 'SEALED_COPY', created_on: '2025-04-01' }),
    );
  });

  it('distinguishes repeated erasures from original ones', async () => {
    const rows = await shop.query<{ id: string; modules: string[]; original: string[]; actors: number }>(
      `SELECT customer_id AS id, array_agg(module ORDER BY module) AS modules,
         array_agg(DISTINCT canonical::jsonb -> 'details' ->> 'originalOccurredAt') AS original, count(actor_id::text)::int AS actors
       FROM audit.entry WHERE action = 'ERASURE_REPLAYED' GROUP BY 1 ORDER BY 1`,
    );
    const instantOf = new Map(stubsBefore.map((stub) => [stub.id, stub.anonymized_at.toISOString()]));
    const erased = [...population, named[1]!.id, named[2]!.id].sort();
    expect(rows.filter(({ id }) => id !== merged.id)).toEqual(
      erased.map((id) => ({ id, modules: MODULES, original: [instantOf.get(id)], actors: 0 })),
    );
    expect(rows.find(({ id }) => id === merged.id)).toMatchObject({ modules: ['customer'], actors: 0 });
  });

  it('has the data map once, and the repeated erasures name it', async () => {
    const digests = (condition: string) =>
      shop.query(
        `SELECT DISTINCT canonical::jsonb -> 'details' ->> 'dataMap' AS digest FROM audit.entry WHERE ${condition}`,
      );
    const maps = await digests(`action = 'DATA_MAP_IN_FORCE'`);
    expect(maps).toEqual([{ digest: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(await digests(`action = 'ERASURE_REPLAYED' AND canonical::jsonb -> 'details' ? 'effects'`)).toEqual(maps);
  });

  it('contains the run that erased the customers, with its cleanup done', async () => {
    const items = await shop.query(
      `SELECT i.state, count(*)::int AS count, r.state AS run, r.kind, r.cleaned_at IS NOT NULL AS cleaned
       FROM anonymization_run_item i JOIN anonymization_run r ON r.id = i.run_id WHERE r.id = $1 GROUP BY 1, 3, 4, 5`,
      [runId],
    );
    expect(items).toEqual([
      { state: 'ANONYMIZED', count: CUSTOMERS, run: 'COMPLETED', kind: 'SELECTION', cleaned: true },
    ]);
  });

  it('is not replayed while the product serves', async () => {
    await shop.served();
    await shop.anchored(); // the process that assigns sequences owns the log
    expect(await codeOf(shop.replay())).toBe('AUDIT_LOG_IN_USE');
  });

  it('does not change in a second replay', async () => {
    await shop.anchored();
    await shop.stop();
    const before = await everything(shop);
    expect(await shop.replay()).toMatchObject({ entries: 0, erased: 0, merged: 0, absent: 0, conflicts: [] });
    expect(await everything(shop)).toEqual(before);
  });
});

describe('a replay', () => {
  let shop: RestorableShop;
  let sql: Client;
  let erased: FullCustomer[];
  let source: FullCustomer;
  let copies: string;

  beforeAll(async () => {
    copies = mkdtempSync(join(tmpdir(), 'lethe-copies-'));
    shop = await RestorableShop.open({ LETHE_WORKERS: '0' });
    await shop.serve();
    sql = await shop.sql();
    erased = [];
    for (const key of ['Acuqe', 'Ecoqa', 'Icuqo']) erased.push(await fullCustomer(sql, key));
    source = await fullCustomer(sql, 'Ocaqu');
    const admin = await shop.as('admin');
    const { id } = (
      await admin
        .post('/api/v1/anonymization-runs')
        .send({ customerIds: [erased[0]!.id] })
        .expect(202)
    ).body;
    await shop.anchored();
    await sql.query(
      `UPDATE anonymization_run SET state = 'RUNNING', started_at = now(), started_by = created_by WHERE id = $1`,
      [id],
    );
    await shop.backUp();
    await shop.serve();
    await (
      await shop.as('admin')
    )
      .post(`/api/v1/customers/${source.id}/merge`)
      .send({ intoCustomerId: erased[2]!.id })
      .expect(200);
    for (const customer of erased) await shop.anonymize(customer.id);
    await shop.anchored();
    await shop.stop();
    cpSync(shop.config.ledgerFolder, join(copies, 'ledger'), { recursive: true });
  });
  afterAll(async () => {
    await shop?.dispose();
    rmSync(copies, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await shop.restore();
    rmSync(shop.config.ledgerFolder, { recursive: true }); // written by an earlier test
    cpSync(join(copies, 'ledger'), shop.config.ledgerFolder, { recursive: true });
    sql = await shop.sql();
  });

  let number = 0;
  /** Copies the ledger and changes the copy. */
  function copyOfLedger(change: (folder: string) => void = () => undefined): string {
    const folder = join(copies, String(number++));
    cpSync(shop.config.ledgerFolder, folder, { recursive: true });
    asOldLedger(folder);
    change(folder);
    return folder;
  }
  const entriesIn = oldEntryFile;
  const checkpointsIn = oldCheckpointFile;
  const rewrite = (path: string, change: (lines: string[]) => string[]) =>
    writeFileSync(
      path,
      change(readFileSync(path, 'utf8').trimEnd().split('\n'))
        .map((line) => `${line}\n`)
        .join(''),
    );

  it('pauses runs that were in progress in the backup, so that nothing continues by itself', async () => {
    expect((await shop.replay(copyOfLedger())).pausedRuns).toBe(1);
    expect(
      await shop.query(
        'SELECT state, working_since FROM anonymization_run WHERE started_at IS NOT NULL AND finished_at IS NULL',
      ),
    ).toEqual([{ state: 'PAUSED', working_since: null }]);
    expect(
      await shop.query(`SELECT actor_id AS actor FROM audit.entry WHERE action = 'ANONYMIZATION_RUN_PAUSED'`),
    ).toEqual([{ actor: null }]);
  });

  it('does not check the rules again: blockers in the backup were resolved before the erasure', async () => {
    const records = new Records(sql);
    const [first, second] = erased;
    await records.insert('care_case', { customer_id: first!.id, status: 'OPEN' });
    await records.insert('legal_hold', { customer_id: first!.id });
    await records.insert('invoice', { customer_id: second!.id });
    expect(await shop.replay(copyOfLedger())).toMatchObject({ erased: 3, conflicts: [] });
    for (const { id } of erased) expect(await isAnonymized(shop, id)).toBe(true);
  });

  it('does not touch a customer who was given the number of an erased one', async () => {
    const { id, customerNumber } = erased[0]!;
    const moved = '01900000-0000-7000-8000-00000000c0de';
    await sql.query(`SET session_replication_role = replica`);
    await sql.query(`UPDATE customer SET customer_number = 'K-moved' WHERE id = $1`, [id]);
    await sql.query(`SET session_replication_role = DEFAULT`);
    const taker = await new Records(sql).customer({
      id: moved,
      customer_number: customerNumber,
      last_name: 'Neukunde',
    });
    const before = await shop.query('SELECT * FROM customer WHERE id IN ($1, $2) ORDER BY id', [id, taker]);
    const report = await shop.replay(copyOfLedger());
    expect(report).toMatchObject({ erased: 2, conflicts: [{ customerId: id, code: 'CUSTOMER_DIFFERS' }] });
    expect(await shop.query('SELECT * FROM customer WHERE id IN ($1, $2) ORDER BY id', [id, taker])).toEqual(before);
  });

  it('does not touch a customer with the same id and number who was created at another time', async () => {
    const { id } = erased[0]!;
    await sql.query(`UPDATE customer SET created_at = created_at + interval '1 millisecond' WHERE id = $1`, [id]);
    const report = await shop.replay(copyOfLedger());
    expect(report).toMatchObject({ erased: 2, conflicts: [{ customerId: id, code: 'CUSTOMER_DIFFERS' }] });
    expect(await isAnonymized(shop, id)).toBe(false);
  });

  it('does not merge again into a different customer, but still erases the source', async () => {
    const target = erased[2]!.id;
    await sql.query(`UPDATE customer SET created_at = created_at + interval '1 millisecond' WHERE id = $1`, [target]);
    const before = await shop.query('SELECT * FROM customer WHERE id = $1', [target]);
    const report = await shop.replay(copyOfLedger());
    expect(report).toMatchObject({
      erased: 3,
      merged: 0,
      conflicts: [{ customerId: target, code: 'CUSTOMER_DIFFERS' }],
    });
    expect(await shop.query('SELECT * FROM customer WHERE id = $1', [target])).toEqual(before);
    expect(await isAnonymized(shop, source.id)).toBe(true);
    expect(
      await shop.query('SELECT code, resolution FROM erasure_conflict WHERE customer_id = $1', [source.id]),
    ).toEqual([{ code: 'MERGE_TARGET_DIFFERS', resolution: 'ERASED' }]);
  });

  it('does nothing when the database has another entry under an id of the ledger', async () => {
    const missing = (await exported(shop)).slice((await logged(shop)).length);
    const entry = missing[0]!;
    const other = entry.replace('"outcome":"SUCCEEDED"', '"outcome":"REFUSED"');
    expect(other).not.toBe(entry);
    await sql.query(INSERT_ENTRIES, [[(JSON.parse(entry) as { id: string }).id], [other]]);
    expect(await codeOf(shop.replay(copyOfLedger()))).toBe('LEDGER_CONFLICT');
  });

  it('reports another customer under the number of an erased one who is missing', async () => {
    const later = '01900000-0000-7000-8000-00000000beef';
    // simulates a backup from before the customer was created, whose number was then given to another one
    const number = erased[1]!.customerNumber;
    await sql.query(`SET session_replication_role = replica`);
    await sql.query('UPDATE customer SET id = $2 WHERE id = $1', [erased[1]!.id, later]);
    await sql.query(`SET session_replication_role = DEFAULT`);
    const before = await shop.query('SELECT * FROM customer WHERE customer_number = $1', [number]);
    const report = await shop.replay(copyOfLedger());
    const conflict = { customerId: erased[1]!.id, code: 'NUMBER_TAKEN', otherCustomerId: later };
    expect(report).toMatchObject({ erased: 2, conflicts: [conflict] });
    expect(await shop.query('SELECT * FROM customer WHERE customer_number = $1', [number])).toEqual(before);
    const told = await shop.query<{ content: { outcome: string; details: object } }>(
      `SELECT canonical::jsonb AS content FROM audit.entry WHERE customer_id = $1 AND outcome = 'REFUSED'`,
      [erased[1]!.id],
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.content.details).toMatchObject({
      code: 'LEDGER_CONFLICT',
      conflict: 'NUMBER_TAKEN',
      otherCustomerId: later,
    });
  });

  it('includes entries after the newest checkpoint, and reports their number', async () => {
    const folder = copyOfLedger((copy) => rewrite(checkpointsIn(copy), (notes) => notes.slice(0, 1)));
    const report = await shop.replay(folder);
    expect(report.erased).toBe(3);
    expect(report.unsigned).toBeGreaterThan(0);
  });

  it.each<[string, string, (folder: string) => void]>([
    ['is empty', 'LEDGER_EMPTY', (folder) => rmSync(folder, { recursive: true })],
    [
      'has lost its last entries',
      'LEDGER_INCOMPLETE',
      (folder) => rewrite(entriesIn(folder), (lines) => lines.slice(0, -1)),
    ],
    [
      'contains another erasure than was signed',
      'LEDGER_FORGED',
      (folder) => rewrite(entriesIn(folder), (lines) => lines.map((line) => line.replace('ERASURE_REQUEST', 'OTHER'))),
    ],
    [
      'is signed under another name',
      'LEDGER_FORGED',
      (folder) =>
        rewrite(checkpointsIn(folder), (notes) => notes.map((note) => note.replace('lethe.audit/', 'lethe.other/'))),
    ],
    [
      'contains a checkpoint of another log, signed with its own key',
      'LEDGER_FORGED',
      (folder) =>
        rewrite(checkpointsIn(folder), (notes) => {
          const signer = NoteSigner.from(readFileSync(join(shop.config.keysFolder, 'audit-log-1.key'), 'utf8').trim());
          const note = JSON.parse(notes.at(-1)!) as string;
          const { size, root } = openCheckpoint(note, [NoteVerifier.from(signer.verifierKey)])!;
          return [...notes, JSON.stringify(signCheckpoint({ origin: 'lethe.audit/other', size, root }, [signer]))];
        }),
    ],
    ['has an invalid line', 'LEDGER_FORGED', (folder) => rewrite(entriesIn(folder), ([, ...lines]) => ['{', ...lines])],
  ])('does nothing when the ledger %s', async (_, code, change) => {
    const folder = copyOfLedger(change);
    const before = await everything(shop);
    expect(await codeOf(shop.replay(folder))).toBe(code);
    expect(await everything(shop)).toEqual(before);
  });

  it('does nothing when the database has another history', async () => {
    await sql.query(`SET session_replication_role = replica`);
    await sql.query(`ALTER TABLE audit.tile DISABLE TRIGGER ALL`);
    await sql.query(`UPDATE audit.tile SET hashes = overlay(hashes PLACING '\\x00112233' FROM 5)`);
    await sql.query(`ALTER TABLE audit.tile ENABLE ALWAYS TRIGGER refuse_update`);
    expect(await codeOf(shop.replay(copyOfLedger()))).toBe('AUDIT_LOG_FORKED');
    for (const { id } of erased) expect(await isAnonymized(shop, id)).toBe(false);
  });

  it('reports a customer who cannot be erased again as a conflict, erases the others, and retries on request', async () => {
    await sql.query(`
      CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER in_the_way BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${erased[1]!.id}') EXECUTE FUNCTION in_the_way()`);
    const folder = copyOfLedger();
    const conflict = { customerId: erased[1]!.id, code: 'ERASURE_FAILED', failureCode: 'P0001' };
    expect(await shop.replay(folder)).toMatchObject({ erased: 2, merged: 1, conflicts: [conflict] });
    expect(await Promise.all(erased.map(({ id }) => isAnonymized(shop, id)))).toEqual([true, false, true]);
    expect(await shop.resolve({ kind: 'RETRY' })).toMatchObject({ erased: 0, open: [conflict] });
    await sql.query('DROP FUNCTION in_the_way CASCADE');
    expect(await shop.resolve({ kind: 'RETRY' })).toMatchObject({ erased: 1, open: [], cleanup: 'CLEANED' });
    for (const { id } of erased) expect(await isAnonymized(shop, id)).toBe(true);
    const resolved = await shop.query(
      `SELECT canonical::jsonb -> 'details' ->> 'resolution' AS resolution FROM audit.entry
       WHERE action = 'ERASURE_CONFLICT_RESOLVED' AND customer_id = $1`,
      [erased[1]!.id],
    );
    expect(resolved).toEqual([{ resolution: 'ERASED' }]);
  });

  it('repeats nothing after an interruption between the erasures and the positions of their entries', async () => {
    await sql.query(`SET session_replication_role = replica`);
    await sql.query(`UPDATE customer SET customer_number = 'K-moved' WHERE id = $1`, [erased[0]!.id]);
    await sql.query(`SET session_replication_role = DEFAULT`);
    const folder = copyOfLedger();
    await sql.query('REVOKE INSERT ON audit.position FROM lethe_sequencer');
    expect(await codeOf(shop.replay(folder))).toMatch(/permission denied/);
    const [behind, done] = [await logged(shop), await stubs(shop)];
    expect(done.map(({ id }) => id).sort()).toEqual([erased[1]!.id, erased[2]!.id].sort());
    await sql.query('GRANT INSERT ON audit.position TO lethe_sequencer');
    const report = await shop.replay(folder);
    expect(report).toMatchObject({ entries: 0, erased: 0, merged: 0, conflicts: [{ customerId: erased[0]!.id }] });
    expect((await logged(shop)).length).toBeGreaterThan(behind.length);
    expect(await stubs(shop)).toEqual(done);
    const told = await shop.query(
      `SELECT customer_id AS id, outcome, count(*)::int AS count FROM audit.entry
       WHERE action = 'ERASURE_REPLAYED' GROUP BY 1, 2`,
    );
    expect(told).toHaveLength(4);
    expect(told).toEqual(
      expect.arrayContaining([
        { id: erased[0]!.id, outcome: 'REFUSED', count: 1 },
        { id: erased[1]!.id, outcome: 'SUCCEEDED', count: 5 },
        { id: erased[2]!.id, outcome: 'SUCCEEDED', count: 5 },
        { id: source.id, outcome: 'SUCCEEDED', count: 1 },
      ]),
    );
  });

  it('gives entries without a position in the backup the one that they have in the ledger', async () => {
    const missing = (await exported(shop)).slice((await logged(shop)).length);
    const [first, second] = missing;
    const idOf = (entry: string) => (JSON.parse(entry) as { id: string }).id;
    await sql.query(INSERT_ENTRIES, [
      [idOf(second!), idOf(first!)],
      [second, first],
    ]);
    const report = await shop.replay(copyOfLedger());
    const entries = await exported(shop);
    expect(report.entries).toBe(missing.length - 2);
    expect((await logged(shop)).slice(0, entries.length)).toEqual(entries);
  });
});

describe('a lost ledger', () => {
  let shop: RestorableShop;

  beforeEach(async () => {
    shop = await RestorableShop.open();
    await shop.serve();
    await shop.anonymize(await new Records(await shop.sql()).customer());
    await shop.anchored();
    await shop.stop();
  });
  afterEach(() => shop.dispose());

  async function rebuild(): Promise<number> {
    const dataSource = await createDataSource(shop.database.as('lethe_app'), [], 2).initialize();
    try {
      const transaction = new TransactionRunner(dataSource);
      const audit = new AuditLog(transaction, new Clock(shop.config));
      const keys = await LogKeys.open(await KeyFolder.open(shop.config.keysFolder));
      const write: ConstructorParameters<typeof LedgerRebuild>[3] = (entry) =>
        transaction.run(() => audit.record(entry));
      return await new LedgerRebuild(shop.database, new Ledger(shop.config.ledgerFolder), keys, write).rebuild();
    } finally {
      await dataSource.destroy();
    }
  }

  it('is detected and rebuilt with an entry that says so, and the product serves', async () => {
    const before = await logged(shop);
    rmSync(shop.config.ledgerFolder, { recursive: true });
    await shop.serve();
    const { body } = await shop.anonymous().get('/api/v1/health/ready').expect(503);
    expect((body as { faults: string[] }).faults).toEqual(['LEDGER_LOST']);
    expect(await rebuild()).toBe(before.length + 1);
    await shop.served();
    const entries = await exported(shop);
    expect(entries.slice(0, before.length)).toEqual(before);
    expect(JSON.parse(entries[before.length]!)).toMatchObject({
      action: 'LEDGER_REBUILT',
      module: 'audit',
      details: { entries: before.length },
    });
  });

  it('is never overwritten while parts of it remain', async () => {
    expect(await codeOf(rebuild())).toBe('LEDGER_NOT_EMPTY');
    rmSync(join(shop.config.ledgerFolder, 'checkpoints'), { recursive: true });
    const left = await exported(shop);
    const [file] = segmentFiles(shop.config.ledgerFolder, 'entries') as [string];
    for (const lines of [[left[1]], [...left, left[0]]]) {
      const text = lines.map((line) => `${line}\n`).join('');
      writeFileSync(file, text);
      expect(await codeOf(rebuild())).toBe('LEDGER_NOT_EMPTY');
      expect(readFileSync(file, 'utf8')).toBe(text);
    }
  });

  it('is rebuilt from where an earlier attempt was killed', async () => {
    const before = await logged(shop);
    const [file] = segmentFiles(shop.config.ledgerFolder, 'entries') as [string];
    rmSync(join(shop.config.ledgerFolder, 'checkpoints'), { recursive: true });
    writeFileSync(file, `${before.slice(0, 2).join('\n')}\n{"half`);
    expect(await rebuild()).toBe(before.length + 1);
    expect((await exported(shop)).slice(0, before.length)).toEqual(before);
  });

  it('is not rebuilt while the product serves', async () => {
    await shop.serve();
    await shop.anonymize(await new Records(await shop.sql()).customer());
    await shop.anchored();
    expect(await codeOf(rebuild())).toBe('AUDIT_LOG_IN_USE');
  });
});
