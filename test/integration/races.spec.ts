import { Client } from 'pg';
import { AnonymizationSteps } from '../../src/modules/anonymization/saga/anonymization.steps';
import type { AnonymizationBatch } from '../../src/kernel/anonymization-step';
import { DataMap, ProofScan } from '../../src/modules/data-map';
import { anonymizedResidue } from '../support/anonymized-residue';
import { Population, type RowInsert, rowInserts } from '../support/customer-rows';
import { waitForLocksWithoutEnd } from '../support/patient-locks';
import { Records } from '../support/records';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

type Outcomes = Record<string, unknown>;

/** Bookings of a foreign writer that block an anonymization. */
const BLOCKING: Record<string, (records: Records, customerId: string) => Promise<unknown>> = {
  'an unpaid invoice': (records, customerId) => records.insert('invoice', { customer_id: customerId }),
  'a running contract': (records, customerId) =>
    records.insert('service_contract', { customer_id: customerId, ends_on: null }),
  'an open care case': (records, customerId) =>
    records.insert('care_case', { customer_id: customerId, status: 'OPEN' }),
  'a loan': async (records, customerId) =>
    records.insert('device_loan', { customer_id: customerId, stock_item_id: await records.insert('stock_item') }),
  'an active card': async (records, customerId) => {
    const card = { card_id: await records.insert('customer_card', { customer_id: customerId }) };
    const program = { program_id: await records.insert('loyalty_program') };
    return records.insert('program_enrollment', { customer_id: customerId, ...card, ...program });
  },
  'a legal hold': (records, customerId) => records.insert('legal_hold', { customer_id: customerId }),
};

describe.each(['read committed', 'repeatable read'])(
  'an insert concurrent with an anonymization, at %s',
  (isolation) => {
    let app: TestApp;
    let inserts: readonly RowInsert[];
    let population: Population;
    /** connects as the application's role, without the application */
    let writer: Client;
    let writerPid: number;

    beforeAll(async () => {
      const setting = `ALTER DATABASE CURRENT_DATABASE SET default_transaction_isolation = '${isolation}'`;
      app = await TestApp.start({}, [setting]);
      waitForLocksWithoutEnd(app);
      const tables = app.nest.get(DataMap).allCustomerTables;
      inserts = rowInserts(tables);
      population = await Population.of(app.sql, tables);
      writer = new Client(app.database.as('lethe_app'));
      await writer.connect();
      const { rows } = await writer.query<{ pid: number; isolation: string }>(
        `SELECT pg_backend_pid() AS pid, current_setting('transaction_isolation') AS isolation`,
      );
      expect(rows[0]!.isolation).toBe(isolation);
      writerPid = rows[0]!.pid;
    });
    afterAll(async () => {
      await writer?.end();
      await app?.stop();
    });

    it('after the validation waits, and is refused', async () => {
      const outcomes: Outcomes = {};
      for (const [insert, customerId] of await aCustomerForEach(inserts)) {
        const saga = holdAfterValidation();
        const answer = anonymize(customerId);
        await Promise.race([saga.reached, answer.then(() => Promise.reject(new Error(`${insert.name}: never held`)))]);
        const xid = await begin();
        const refusal = codeOf(writer.query(insert.sql, [[customerId]]));
        const waited = await blocked(writerPid);
        saga.goOn();
        const code = await refusal;
        await writer.query('ROLLBACK');
        const { status, body } = await answer;
        outcomes[insert.name] = {
          waited,
          refused: isRefusal(insert, code),
          landed: await rowsOf(insert, xid),
          status,
          outcome: body.outcome,
        };
      }
      expect(outcomes).toEqual(
        each(inserts, { waited: true, refused: true, landed: 0, status: 200, outcome: 'ANONYMIZED' }),
      );
      expect(await residue()).toEqual([]);
    });

    if (isolation === 'repeatable read')
      it('in a transaction that began before the anonymization is refused after it', async () => {
        const outcomes: Outcomes = {};
        for (const [insert, customerId] of await aCustomerForEach(inserts)) {
          const xid = await begin();
          const { status } = await anonymize(customerId);
          const code = await codeOf(writer.query(insert.sql, [[customerId]]));
          await writer.query('ROLLBACK');
          outcomes[insert.name] = { status, refused: isRefusal(insert, code), landed: await rowsOf(insert, xid) };
        }
        expect(outcomes).toEqual(each(inserts, { status: 200, refused: true, landed: 0 }));
        expect(await residue()).toEqual([]);
      });

    it('that only fills in a record waits for an uncommitted anonymization, and is refused', async () => {
      const [customerId] = await population.customers(1);
      const of = { customer_id: customerId };
      const nobody = { recipient_name: null, recipient_address: null, remark: null };
      const stockItem = { stock_item_id: await app.records.insert('stock_item') };
      const rows: Record<string, [column: string, id: string]> = {
        care_case: ['note', await app.records.insert('care_case', { ...of, title: null, note: null })],
        quote: ['remark', await app.records.insert('quote', { ...of, ...nobody, status: 'ACCEPTED' })],
        service_contract: ['note', await app.records.insert('service_contract', { ...of, title: null, note: null })],
        device_loan: [
          'note',
          await app.records.insert('device_loan', {
            ...of,
            ...stockItem,
            note: null,
            resolution: 'RETURNED',
            resolved_on: '2020-02-01',
          }),
        ],
      };
      const held = hold(app.nest.get(ProofScan, { strict: false }), 'prove');
      const answer = anonymize(customerId!);
      await held.reached;
      const outcomes: Outcomes = {};
      const refusals: [table: string, writer: Client, code: Promise<string | null>][] = [];
      for (const [table, [column, id]] of Object.entries(rows)) {
        const other = new Client(app.database.as('lethe_app'));
        await other.connect();
        const { rows: me } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        const code = codeOf(other.query(`UPDATE ${table} SET ${column} = 'Geheim' WHERE id = $1`, [id]));
        refusals.push([table, other, code]);
        outcomes[`${table} waits`] = await blocked(me[0]!.pid);
      }
      held.goOn();
      for (const [table, other, code] of refusals) {
        outcomes[table] = await code;
        await other.end();
      }
      expect((await answer).status).toBe(200);
      const refused = expect.stringMatching(isolation === 'repeatable read' ? /^(AN001|40001)$/ : /^AN001$/);
      expect(outcomes).toEqual(
        Object.fromEntries(
          Object.keys(rows).flatMap((table) => [
            [`${table} waits`, true],
            [table, refused],
          ]),
        ),
      );
      for (const [table, [column, id]] of Object.entries(rows)) {
        const { rows: left } = await app.sql.query(`SELECT ${column} AS text FROM ${table} WHERE id = $1`, [id]);
        expect([table, left]).toEqual([table, [{ text: null }]]);
      }
    });

    it('by an older transaction into a record that the anonymization did not touch is refused', async () => {
      const [customerId] = await population.customers(1);
      const caseId = await app.records.insert('care_case', { customer_id: customerId });
      await begin();
      expect((await anonymize(customerId!)).status).toBe(200);
      const code = await codeOf(writer.query(`UPDATE care_case SET note = 'Geheim1' WHERE id = $1`, [caseId]));
      await writer.query('ROLLBACK');
      expect(code).toMatch(isolation === 'repeatable read' ? /^(AN001|40001)$/ : /^AN001$/);
      expect(await residue()).toEqual([]);
    });

    it('that is uncommitted when the anonymization begins is waited for, and erased with the rest', async () => {
      const outcomes: Outcomes = {};
      for (const [insert, customerId] of await aCustomerForEach(inserts)) {
        const xid = await begin();
        await writer.query(insert.sql, [[customerId]]);
        const answer = anonymize(customerId);
        const waited = await blocking(writerPid);
        const landed = await rowsOf(insert, xid, writer);
        await writer.query('COMMIT');
        const { status, body } = await answer;
        outcomes[insert.name] = { waited, landed, status, outcome: body.outcome };
      }
      expect(outcomes).toEqual(each(inserts, { waited: true, landed: 1, status: 200, outcome: 'ANONYMIZED' }));
      expect(await residue()).toEqual([]);
    });

    it.each(Object.entries(BLOCKING))('that adds %s is waited for, and blocks', async (_, book) => {
      const [customerId] = await population.customers(1);
      await begin();
      await book(new Records(writer), customerId!);
      const answer = anonymize(customerId!);
      expect(await blocking(writerPid)).toBe(true);
      await writer.query('COMMIT');
      const { status, body } = await answer;
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'ANONYMIZATION_BLOCKED' });
      const { rows } = await app.sql.query('SELECT anonymized_at, first_name FROM customer WHERE id = $1', [
        customerId,
      ]);
      expect(rows).toEqual([{ anonymized_at: null, first_name: expect.any(String) }]);
      expect(await residue()).toEqual([]);
    });

    /** One customer for each insert, with the rows that it refers to. */
    async function aCustomerForEach(wanted: readonly RowInsert[]): Promise<[RowInsert, string][]> {
      const ids = await population.customers(wanted.length);
      await population.fillParents(ids);
      await population.customers(1); // another customer for relationships
      return wanted.map((insert, index) => [insert, ids[index]!]);
    }

    async function anonymize(customerId: string) {
      const { rows } = await app.sql.query<{ number: string }>(
        'SELECT customer_number AS number FROM customer WHERE id = $1',
        [customerId],
      );
      const admin = await app.as('admin');
      return admin
        .post(`/api/v1/customers/${customerId}/anonymization`)
        .send({ confirmation: rows[0]!.number, reason: 'ERASURE_REQUEST' });
    }

    const holdAfterValidation = () => hold(app.nest.get(AnonymizationSteps), 'eraseAndProve');

    /** Holds the next call before it does anything. */
    function hold<Method extends string>(
      service: Record<Method, (batch: AnonymizationBatch) => Promise<void>>,
      method: Method,
    ) {
      const original = service[method].bind(service);
      let goOn: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      const reached = new Promise<void>((resolve) => {
        const stopped = async (batch: AnonymizationBatch) => {
          service[method] = original;
          resolve();
          await gate;
          return original(batch);
        };
        service[method] = stopped;
      });
      return { reached, goOn };
    }

    /** Begins the writer's transaction, and takes its snapshot if the isolation level has one per transaction. */
    async function begin(): Promise<string> {
      await writer.query('BEGIN');
      const { rows } = await writer.query<{ xid: string }>('SELECT pg_current_xact_id()::text AS xid');
      return rows[0]!.xid;
    }

    async function rowsOf({ table }: RowInsert, xid: string, client: Client = app.sql): Promise<number> {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM ${table.name} WHERE xmin::text = $1`,
        [xid],
      );
      return rows[0]!.count;
    }

    const residue = () => anonymizedResidue(app.sql, app.nest.get(DataMap), population.names);
    const blocked = (pid: number) => becomesTrue('SELECT cardinality(pg_blocking_pids($1)) > 0 AS yes', pid);
    const blocking = (pid: number) =>
      becomesTrue(
        `SELECT count(*) > 0 AS yes FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND $1 = ANY (pg_blocking_pids(pid))`,
        pid,
      );

    async function becomesTrue(sql: string, parameter: unknown): Promise<boolean> {
      await until('somebody waits', async () => (await app.sql.query<{ yes: boolean }>(sql, [parameter])).rows[0]!.yes);
      return true;
    }

    /** With one snapshot per transaction, PostgreSQL may refuse first. */
    const isRefusal = ({ losesParent }: RowInsert, code: string | null) =>
      code === 'AN001' ||
      (isolation === 'repeatable read' && code === '40001') ||
      (losesParent && (code === '23503' || code === '23502'));
  },
);

const each = (inserts: readonly RowInsert[], outcome: unknown): Outcomes =>
  Object.fromEntries(inserts.map(({ name }) => [name, outcome]));

/** The SQLSTATE of a failed statement. */
const codeOf = (statement: Promise<unknown>): Promise<string | null> =>
  statement.then(
    () => null,
    (error: { code?: string }) => error.code ?? 'NO_CODE',
  );
