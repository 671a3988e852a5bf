import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { DomainError } from '../../src/kernel/domain-error';
import { requireReplayed } from '../../src/cli/open-for-changes';
import { conflictLines } from '../../src/cli/conflict-lines';
import { ErasureReconciliation } from '../../src/modules/audit/verification/erasure-reconciliation';
import { connectAs } from '../../src/platform/database/session';
import type { Replayed } from '../../src/app/replay';
import { dumpDatabase, searchOf } from '../support/database-dump';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { Records } from '../support/records';
import { RestorableShop } from '../support/restorable-shop';

const METRICS_TOKEN = 'machine-0123456789abcdef';

const MODULES = ['archive', 'customer', 'device', 'finance', 'loyalty'];

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

interface Row {
  readonly id: string;
  readonly last_name: string | null;
  readonly anonymized_at: Date | null;
  readonly merged_into_id: string | null;
}

const rowOf = async (shop: RestorableShop, id: string): Promise<Row> =>
  (await shop.query<Row>('SELECT id, last_name, anonymized_at, merged_into_id FROM customer WHERE id = $1', [id]))[0]!;

const entriesOf = (shop: RestorableShop, id: string, action: string) =>
  shop.query<{ module: string; outcome: string; details: Record<string, unknown> }>(
    `SELECT module, outcome, canonical::jsonb -> 'details' AS details
     FROM audit.entry WHERE customer_id = $1 AND action = $2 ORDER BY module`,
    [id, action],
  );

/** Runs the auditor's comparison of all customers with the log. */
const reconciled = async (shop: RestorableShop): Promise<unknown> => {
  const client = await connectAs(shop.database.as('lethe_auditor'));
  try {
    return await new ErasureReconciliation(
      async (text, values) => (await client.query(text, [...values])).rows,
    ).reconcile();
  } finally {
    await client.end();
  }
};

const merge = async (shop: RestorableShop, source: string, intoCustomerId: string): Promise<void> => {
  const admin = await shop.as('admin');
  await admin.post(`/api/v1/customers/${source}/merge`).send({ intoCustomerId }).expect(200);
};

const setHold = async (shop: RestorableShop, id: string, reasonCode: string): Promise<void> => {
  const compliance = await shop.as('compliance');
  await compliance.post(`/api/v1/customers/${id}/legal-hold`).send({ reasonCode }).expect(201);
};

const liftHold = async (shop: RestorableShop, id: string): Promise<void> => {
  await (await shop.as('compliance')).delete(`/api/v1/customers/${id}/legal-hold`).expect(204);
};

describe('merges and holds after a restore', () => {
  let shop: RestorableShop;
  let report: Replayed;
  /** erasures that the restore must not undo */
  const gone: Record<'alone' | 'chained' | 'before' | 'between', FullCustomer> = {} as never;
  let newOfAlone: string;
  let newOfChained: string;
  let labelOfAlone: string | null;
  let anonymizedAtOfAlone: Date | null;
  let rejoined: string;
  let present: string;
  let living: FullCustomer;
  let livingTarget: string;
  let apart: string;
  let together: string;
  const held: Record<'later' | 'lifted' | 'twice' | 'passed' | 'through', string> = {} as never;

  beforeAll(async () => {
    shop = await RestorableShop.open({ LETHE_WORKERS: '0', LETHE_METRICS_TOKEN: METRICS_TOKEN });
    await shop.serve();
    let records = new Records(await shop.sql());
    const sql = await shop.sql();
    gone.alone = await fullCustomer(sql, 'Allein');
    gone.chained = await fullCustomer(sql, 'Ketten');
    gone.before = await fullCustomer(sql, 'Vorher');
    gone.between = await fullCustomer(sql, 'Dazwische');
    living = await fullCustomer(sql, 'Lebend');
    [rejoined, present] = [await records.customer(), await records.customer()];
    [apart, together] = [await records.customer(), await records.customer()];
    for (const key of ['later', 'lifted', 'twice', 'passed', 'through'] as const) held[key] = await records.customer();
    await setHold(shop, held.lifted, 'LITIGATION');
    await merge(shop, gone.before.id, gone.between.id); // before the backup
    await shop.anchored();
    await shop.backUp();

    await shop.serve();
    records = new Records(await shop.sql());
    const created = async () => records.customer();
    newOfAlone = await created();
    await merge(shop, gone.alone.id, newOfAlone);
    await shop.anonymize(newOfAlone);
    ({ last_name: labelOfAlone, anonymized_at: anonymizedAtOfAlone } = await rowOf(shop, newOfAlone));

    const middle = await created();
    newOfChained = await created();
    await merge(shop, gone.chained.id, middle);
    await merge(shop, middle, newOfChained);
    await shop.anonymize(newOfChained);

    const newOfBetween = await created();
    await merge(shop, gone.between.id, newOfBetween);
    await shop.anonymize(newOfBetween);

    const passing = await created();
    await merge(shop, apart, together); // precedes the first hold, at which a replay is interrupted below
    await merge(shop, rejoined, passing);
    await merge(shop, passing, present);
    await setHold(shop, present, 'TAX_AUDIT'); // and not on a customer merged into that one

    livingTarget = await created();
    await merge(shop, living.id, livingTarget);

    await setHold(shop, held.later, 'TAX_AUDIT');
    await liftHold(shop, held.lifted);
    await setHold(shop, held.twice, 'LITIGATION');
    await liftHold(shop, held.twice);
    await setHold(shop, held.twice, 'TAX_AUDIT');
    await setHold(shop, held.passed, 'LITIGATION');
    await liftHold(shop, held.passed);
    const newOfHeld = await created();
    await merge(shop, held.through, newOfHeld);
    await setHold(shop, newOfHeld, 'LITIGATION');
    await shop.anchored();
    await shop.restore();
    report = await shop.replay();
  });
  afterAll(() => shop?.dispose());

  it('keep those customers erased who were merged into one that was created after the backup and then erased', async () => {
    expect(report).toMatchObject({ erased: 3, merged: 2 });
    const tablesWith = searchOf(await dumpDatabase(await shop.sql()));
    for (const { tokens } of [gone.alone, gone.chained, gone.before, gone.between])
      for (const token of tokens) expect({ token, at: tablesWith(token) }).toEqual({ token, at: [] });
    expect(await rowOf(shop, gone.alone.id)).toMatchObject({
      last_name: labelOfAlone,
      anonymized_at: anonymizedAtOfAlone,
    });
  });

  it('are audited with the erasure that they followed, without a conflict', async () => {
    const entries = await entriesOf(shop, gone.alone.id, 'ERASURE_REPLAYED');
    expect(entries.map(({ module, outcome }) => [module, outcome])).toEqual(MODULES.map((each) => [each, 'SUCCEEDED']));
    for (const { details } of entries)
      expect(details).toMatchObject({
        mergedIntoCustomerId: newOfAlone,
        originalOccurredAt: anonymizedAtOfAlone!.toISOString(),
        reason: 'ERASURE_REQUEST',
      });
    const [ofChained] = await entriesOf(shop, gone.chained.id, 'ERASURE_REPLAYED');
    expect(ofChained!.details).toMatchObject({ mergedIntoCustomerId: newOfChained });
    const settledByReplay = await shop.query(
      `SELECT FROM erasure_conflict WHERE customer_id = ANY ($1) AND resolution = 'ERASED' AND reported_at IS NULL`,
      [[gone.alone.id, gone.chained.id, gone.between.id]],
    );
    expect(settledByReplay).toHaveLength(3);
    expect(await reconciled(shop)).toEqual({ unproven: [], undone: [] });
    expect(await entriesOf(shop, gone.alone.id, 'ERASURE_CONFLICT_RESOLVED')).toEqual([]);
  });

  it('move a customer into a target that the backup contains', async () => {
    expect(await rowOf(shop, rejoined)).toMatchObject({ merged_into_id: present, anonymized_at: null });
  });

  it('set holds that the backup lacks in the order of the log, and lift those lifted since', async () => {
    const inForce = await shop.query<{ customer_id: string; reason_code: string }>(
      'SELECT customer_id, reason_code FROM legal_hold WHERE lifted_at IS NULL ORDER BY customer_id',
    );
    expect(inForce).toEqual(
      [
        { customer_id: held.later, reason_code: 'TAX_AUDIT' },
        { customer_id: held.through, reason_code: 'LITIGATION' },
        { customer_id: held.twice, reason_code: 'TAX_AUDIT' },
        { customer_id: present, reason_code: 'TAX_AUDIT' },
      ].sort((one, other) => (one.customer_id < other.customer_id ? -1 : 1)),
    );
    expect([...report.holdsSet].sort()).toEqual([held.later, held.through, held.twice, present].sort());
    const [set] = await shop.query<{ set_by: string; at: string }>(
      `SELECT set_by, actor_id AS actor FROM legal_hold h
       JOIN audit.entry e ON e.customer_id = h.customer_id AND e.action = 'LEGAL_HOLD_SET'
       WHERE h.customer_id = $1 AND h.set_by = e.actor_id`,
      [held.later],
    );
    expect(set).toBeDefined();
  });

  it('leave a conflict for a merged customer who stays readable: a fault until it is settled', async () => {
    const open = [
      expect.objectContaining({ customerId: living.id, code: 'MERGE_TARGET_ABSENT', failureCode: null }),
      expect.objectContaining({ customerId: held.through, code: 'MERGE_TARGET_ABSENT' }),
    ];
    expect(report.conflicts).toEqual(open);
    expect(await entriesOf(shop, living.id, 'ERASURE_REPLAYED')).toMatchObject([
      { outcome: 'REFUSED', details: { code: 'LEDGER_CONFLICT', conflict: 'MERGE_TARGET_ABSENT' } },
    ]);
    const { open: listed, ...done } = await shop.resolve(null);
    expect(done).toMatchObject({ erased: 0, merged: 0, dismissed: 0 });
    expect(listed).toMatchObject([
      { customerId: living.id, isErasureRecorded: false },
      { customerId: held.through, isErasureRecorded: false },
    ]);
    const [ofLiving, ofHeld] = listed.map(({ id }) => id);
    expect(conflictLines(listed[0]!)).toEqual([
      `  ${ofLiving}: LEDGER_CONFLICT MERGE_TARGET_ABSENT, customer ${living.id}: was merged into a customer who is not in the backup`,
      '     try again: npm run erasure:resolve -- --retry',
      `     leave the customer as is: npm run erasure:resolve -- --dismiss ${ofLiving} --reason KEPT_SEPARATE`,
    ]);

    await shop.serve();
    const ready = await shop.anonymous().get('/api/v1/health/ready');
    expect([ready.status, (ready.body as { faults: string[] }).faults]).toEqual([503, ['ERASURE_CONFLICT']]);
    expect((await shop.anonymous().post('/api/v1/auth/login').send({})).status).toBe(503);
    const metrics = await shop.anonymous().get('/api/v1/metrics').set('Authorization', `Bearer ${METRICS_TOKEN}`);
    expect(metrics.text).toMatch(/lethe_fault\{code="ERASURE_CONFLICT"\} 1/);

    const erase = { kind: 'ERASE', conflictId: ofLiving!, customerNumber: living.customerNumber } as const;
    expect(await codeOf(shop.resolve(erase))).toBe('ERASURE_NOT_RECORDED');
    const dismiss = (conflictId: string, reason: 'ANOTHER_PERSON' | 'KEPT_SEPARATE') =>
      shop.resolve({ kind: 'DISMISS', conflictId, reason });
    expect(await codeOf(dismiss(ofLiving!, 'ANOTHER_PERSON'))).toBe('CONFLICT_NOT_DISMISSIBLE');
    expect(await codeOf(dismiss('4711', 'KEPT_SEPARATE'))).toBe('CONFLICT_NOT_FOUND');
    expect((await dismiss(ofLiving!, 'KEPT_SEPARATE')).open).toHaveLength(1);
    expect((await dismiss(ofHeld!, 'KEPT_SEPARATE')).open).toEqual([]);
    await shop.served();
    expect(await entriesOf(shop, living.id, 'ERASURE_CONFLICT_RESOLVED')).toMatchObject([
      {
        outcome: 'SUCCEEDED',
        details: { conflict: 'MERGE_TARGET_ABSENT', resolution: 'DISMISSED', reason: 'KEPT_SEPARATE' },
      },
    ]);
    expect((await rowOf(shop, living.id)).anonymized_at).toBeNull();
    await shop.anchored();
    expect(await shop.problemOfLog()).toBeNull();
  });

  it('give a certificate to customers who were erased through a merge', async () => {
    const admin = await shop.as('admin');
    const { body } = await admin.get(`/api/v1/customers/${gone.alone.id}/anonymization-receipt`).expect(200);
    expect(body).toMatchObject({
      customerNumber: gone.alone.customerNumber,
      anonymizedAt: anonymizedAtOfAlone!.toISOString(),
      reason: 'ERASURE_REQUEST',
    });
    expect((body as { entries: unknown[] }).entries).toHaveLength(MODULES.length + 1); // and the data map
    await admin.get(`/api/v1/customers/${gone.alone.id}/anonymization-receipt`).accept('application/pdf').expect(200);
  });

  it('skip no hold, and set and lift each once even if a replay is interrupted and restarted', async () => {
    await shop.restore();
    await shop.query(`
      CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER in_the_way BEFORE INSERT ON legal_hold FOR EACH ROW EXECUTE FUNCTION in_the_way();
      CREATE TRIGGER in_the_way BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${apart}')
        EXECUTE FUNCTION in_the_way()`);
    expect(await codeOf(shop.replay())).toBe('QueryFailedError: no');
    await shop.query('DROP TRIGGER in_the_way ON legal_hold');
    await shop.query('REVOKE INSERT ON audit.position FROM lethe_sequencer');
    expect(await codeOf(shop.replay())).toContain('permission denied');
    await shop.query('GRANT INSERT ON audit.position TO lethe_sequencer');
    await shop.replay();
    const holds = await shop.query(
      `SELECT customer_id, reason_code, lifted_at IS NOT NULL AS is_lifted FROM legal_hold ORDER BY set_at`,
    );
    expect(holds).toEqual([
      { customer_id: held.lifted, reason_code: 'LITIGATION', is_lifted: true },
      { customer_id: present, reason_code: 'TAX_AUDIT', is_lifted: false },
      { customer_id: held.later, reason_code: 'TAX_AUDIT', is_lifted: false },
      { customer_id: held.twice, reason_code: 'LITIGATION', is_lifted: true },
      { customer_id: held.twice, reason_code: 'TAX_AUDIT', is_lifted: false },
      { customer_id: held.passed, reason_code: 'LITIGATION', is_lifted: true },
      { customer_id: held.through, reason_code: 'LITIGATION', is_lifted: false },
    ]);
    expect(await entriesOf(shop, held.through, 'LEGAL_HOLD_SET')).not.toEqual([]);
  });

  it('are repeated once the obstacle is removed', async () => {
    const failed = expect.objectContaining({ customerId: apart, code: 'MERGE_FAILED', failureCode: 'P0001' });
    const { open } = await shop.resolve({ kind: 'RETRY' });
    expect(open).toContainEqual(failed);
    await shop.query('DROP FUNCTION in_the_way CASCADE');
    // holds set since then: the merge was allowed once and is repeated, and one of the two holds stays in force
    const records = new Records(await shop.sql());
    for (const customer_id of [apart, together]) await records.insert('legal_hold', { customer_id });
    const retried = await shop.resolve({ kind: 'RETRY' });
    expect(retried).toMatchObject({ erased: 0, merged: 1, cleanup: expect.any(String) as string });
    expect(retried.open).toHaveLength(open.length - 1);
    expect(await rowOf(shop, apart)).toMatchObject({ merged_into_id: together });
    const holds = await shop.query<{ is_lifted: boolean }>(
      'SELECT lifted_at IS NOT NULL AS is_lifted FROM legal_hold WHERE customer_id = $1 ORDER BY id',
      [together],
    );
    expect(holds).toEqual([{ is_lifted: true }, { is_lifted: false }]);
  });
});

describe('a conflict about an erased customer', () => {
  let shop: RestorableShop;
  let erased: FullCustomer;
  let source: FullCustomer;
  let target: string;
  const TAKER = '01900000-0000-7000-8000-0000000c0de5';

  beforeAll(async () => {
    shop = await RestorableShop.open({ LETHE_WORKERS: '0' });
    await shop.serve();
    erased = await fullCustomer(await shop.sql(), 'Geloescht');
    source = await fullCustomer(await shop.sql(), 'Herkunft');
    await shop.anchored();
    await shop.backUp();
    await shop.serve();
    await shop.anonymize(erased.id);
    const records = new Records(await shop.sql());
    const middle = await records.customer();
    target = await records.customer();
    await merge(shop, source.id, middle);
    await merge(shop, middle, target);
    await shop.anonymize(target);
    await shop.anchored();
    await shop.restore();
    const sql = await shop.sql();
    // simulates a second import of the customer under another id
    await sql.query('SET session_replication_role = replica');
    await documentsAreGuarded('DISABLE');
    for (const { name, rule } of await tablesOf(shop))
      for (const column of rule)
        await sql.query(`UPDATE ${name} SET ${column} = $2 WHERE ${column} = $1`, [erased.id, TAKER]);
    await documentsAreGuarded('ENABLE ALWAYS');
    await sql.query(`
      CREATE FUNCTION in_the_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
      CREATE TRIGGER in_the_way BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.id = '${source.id}')
        EXECUTE FUNCTION in_the_way();
      SET session_replication_role = DEFAULT`);
  });
  afterAll(() => shop?.dispose());

  /** Switches the guards of issued documents, whose rows the test moves. */
  async function documentsAreGuarded(action: 'DISABLE' | 'ENABLE ALWAYS'): Promise<void> {
    for (const table of ['invoice', 'invoice_line', 'payment', 'receipt'])
      await shop.query(`ALTER TABLE ${table} ${action} TRIGGER refuse_change`);
  }

  /** Sets a merge target that the database would refuse. */
  async function mergedByHand(id: string, into: string | null): Promise<void> {
    await shop.query('UPDATE customer SET merged_into_id = $2 WHERE id = $1', [id, into]);
  }

  /** Tables with their columns that refer to a customer. */
  async function tablesOf(of: RestorableShop): Promise<{ name: string; rule: readonly string[] }[]> {
    const rows = await of.query<{ name: string; column: string }>(
      `SELECT c.conrelid::regclass::text AS name, a.attname AS column FROM pg_constraint c
       JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
       WHERE c.contype = 'f' AND a.attname LIKE '%customer_id' GROUP BY 1, 2`,
    );
    return [...rows.map(({ name, column }) => ({ name, rule: [column] })), { name: 'customer', rule: ['id'] }];
  }

  it('is settled by erasing the customer whom an operator has identified, never another one', async () => {
    const report = await shop.replay();
    expect(report).toMatchObject({
      erased: 0,
      conflicts: [
        { customerId: erased.id, code: 'NUMBER_TAKEN', otherCustomerId: TAKER },
        { customerId: source.id, code: 'MERGE_TARGET_ABSENT' },
        { customerId: source.id, code: 'ERASURE_FAILED', failureCode: 'P0001' },
      ],
    });
    expect(await codeOf(requireReplayed(shop.config, shop.database))).toBe('ERASURE_CONFLICT');
    const { open } = await shop.resolve(null);
    expect(open).toMatchObject([
      { customerNumber: erased.customerNumber, isErasureRecorded: true },
      { customerNumber: source.customerNumber, isErasureRecorded: true },
      { customerNumber: source.customerNumber, isErasureRecorded: true },
    ]);
    const [taken, unmerged, failed] = open.map(({ id }) => id) as [string, string, string];
    const erase = (customerNumber: string) => shop.resolve({ kind: 'ERASE', conflictId: taken, customerNumber });
    expect(await codeOf(erase(source.customerNumber))).toBe('CONFIRMATION_MISMATCH');
    const hold = await new Records(await shop.sql()).insert('legal_hold', { customer_id: TAKER });
    expect(await codeOf(erase(erased.customerNumber))).toBe('LEGAL_HOLD');
    await shop.query('DELETE FROM legal_hold WHERE id = $1', [hold]);
    for (const reason of ['ANOTHER_PERSON', 'KEPT_SEPARATE'] as const)
      for (const conflictId of [unmerged, failed])
        expect(await codeOf(shop.resolve({ kind: 'DISMISS', conflictId, reason }))).toBe('CONFLICT_NOT_DISMISSIBLE');
    expect(await rowOf(shop, TAKER)).toMatchObject({ anonymized_at: null });

    expect(await erase(erased.customerNumber)).toMatchObject({
      erased: 1,
      open: [{ id: unmerged }, { id: failed }],
      cleanup: 'CLEANED',
    });
    expect((await rowOf(shop, TAKER)).last_name).toMatch(/^Anonymisiert am /);
    expect(await entriesOf(shop, erased.id, 'ERASURE_CONFLICT_RESOLVED')).toMatchObject([
      { details: { conflict: 'NUMBER_TAKEN', otherCustomerId: TAKER, resolution: 'ERASED' } },
    ]);
    expect(await reconciled(shop)).toEqual({ unproven: [], undone: [] });
  });

  it('is settled by a retry once the cause is fixed', async () => {
    expect((await shop.resolve({ kind: 'RETRY' })).open).toHaveLength(2);
    await shop.query('DROP FUNCTION in_the_way CASCADE');
    await shop.query(
      `INSERT INTO anonymization_run
         (id, kind, state, reason, created_by, created_at, started_by, started_at, finished_at, cleaned_at)
       SELECT run_id, 'CUSTOMER', 'COMPLETED', 'ERASURE_REQUEST', actor, now(), actor, now(), now(), now() - interval '1 day'
       FROM audit.entry, LATERAL CAST(actor_id AS uuid) AS actor
       WHERE customer_id = $1
         AND action = 'CUSTOMER_DATA_ANONYMIZED'
         AND module = 'customer'`,
      [target],
    );
    const retried = await shop.resolve({ kind: 'RETRY' });
    expect(retried).toMatchObject({ erased: 1, merged: 0, open: [], cleanup: 'CLEANED' });
    const cleaned = await shop.query<{ again: boolean }>(
      `SELECT bool_and(cleaned_at > now() - interval '1 hour') AS again FROM anonymization_run WHERE state = 'COMPLETED'`,
    );
    expect(cleaned).toEqual([{ again: true }]);
    const tablesWith = searchOf(await dumpDatabase(await shop.sql()));
    for (const { tokens } of [erased, source])
      for (const token of tokens) expect({ token, at: tablesWith(token) }).toEqual({ token, at: [] });
    await shop.serve();
    await shop.served();
  });

  it('is dismissed if it is another person', async () => {
    await shop.restore();
    const sql = await shop.sql();
    await sql.query(`UPDATE customer SET created_at = created_at + interval '1 hour' WHERE id = $1`, [erased.id]);
    await sql.query('ALTER TABLE customer DROP CONSTRAINT customer_merged_whole, DISABLE TRIGGER refuse_merge');
    await mergedByHand(source.id, erased.id);
    await shop.replay();
    const { open } = await shop.resolve(null);
    expect(open).toContainEqual(expect.objectContaining({ code: 'MERGE_TARGET_ABSENT', customerId: source.id }));
    await mergedByHand(source.id, null);
    await mergedByHand(erased.id, source.id);
    // the source is erased with the customer into whom the ledger merged it; the other customer is not concerned
    const { open: left } = await shop.resolve({ kind: 'RETRY' });
    expect(left.map(({ customerId }) => customerId)).toEqual([erased.id]);
    await mergedByHand(erased.id, null);
    const [conflict] = left;
    expect(conflict).toMatchObject({ code: 'CUSTOMER_DIFFERS', customerId: erased.id, otherCustomerId: erased.id });
    const settlement = { kind: 'DISMISS', conflictId: conflict!.id, reason: 'ANOTHER_PERSON' } as const;
    expect((await shop.resolve(settlement)).open).toEqual([]);
    expect(await rowOf(shop, erased.id)).toMatchObject({ anonymized_at: null });
  });

  it('does not arise while a booking of the customer is in progress, because the replay waits for it', async () => {
    await shop.restore();
    const booking = new Client(shop.database.superuser);
    await booking.connect();
    try {
      await booking.query('BEGIN');
      await new Records(booking).insert('care_case', { customer_id: erased.id, title: 'Nachzuegler' });
      const replay = shop.replay();
      await untilSomebodyWaits();
      await booking.query('COMMIT');
      expect((await replay).conflicts).toEqual([]);
    } finally {
      await booking.end();
    }
    expect(await rowOf(shop, erased.id)).not.toMatchObject({ anonymized_at: null });
    expect(searchOf(await dumpDatabase(await shop.sql()))('Nachzuegler')).toEqual([]);
  });

  async function untilSomebodyWaits(): Promise<void> {
    const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
    for (let i = 0; i < 1000 && (await shop.query(waits)).length === 0; i++) await delay(20);
  }
});
