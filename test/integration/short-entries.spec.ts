import { canonicalize } from 'json-canonicalize';
import { parse } from 'csv-parse/sync';
import type TestAgent from 'supertest/lib/agent';
import { AuditLog, DataMapEntries, LoggedDataMap } from '../../src/modules/audit';
import { DataMap, loggedDataMap } from '../../src/modules/data-map';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { ProductCommand } from '../support/product-command';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

interface Details {
  readonly dataMap?: string;
  readonly effects: unknown;
}

describe('audit entries of an anonymization', () => {
  let app: TestApp;
  let admin: TestAgent;
  let compliance: TestAgent;
  let transaction: TransactionRunner;
  let inForce: LoggedDataMap;
  let customer: FullCustomer;
  let act: { effects: object[] };

  beforeAll(async () => {
    app = await TestApp.start();
    [admin, compliance] = [await app.as('admin'), await app.as('compliance')];
    transaction = app.nest.get(TransactionRunner);
    inForce = loggedDataMap(app.nest.get(DataMap, { strict: false }));
    customer = await fullCustomer(app.sql, 'Abaqo', await app.records.customer());
    act = await anonymize(customer.id, customer.customerNumber);
  });
  afterAll(() => app?.stop());

  const anonymize = async (id: string, confirmation: string) =>
    (
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation, reason: 'ERASURE_REQUEST' })
        .expect(200)
    ).body;

  const canonicals = async (action: string, customerId: string | null = null) =>
    (
      await app.sql.query<{ canonical: string; sequence: string | null; transaction: string }>(
        `SELECT canonical, sequence, entry.xmin::text AS transaction
         FROM audit.entry LEFT JOIN audit.position ON entry_id = id
         WHERE action = $1 AND customer_id IS NOT DISTINCT FROM $2 ORDER BY id`,
        [action, customerId],
      )
    ).rows;
  const detailsOf = (canonical: string) => (JSON.parse(canonical) as { details: Details }).details;
  const anchored = () =>
    until('all entries are anchored', async () => {
      const { rows } = await app.sql.query<{ behind: boolean }>(
        `SELECT EXISTS (SELECT FROM audit.pending)
           OR (SELECT max(sequence) FROM audit.position) > (SELECT max(size) FROM audit.checkpoint) AS behind`,
      );
      return rows[0]!.behind === false;
    });
  const recorded = async () => (await canonicals('DATA_MAP_IN_FORCE')).length;

  it('count rows by table and treatment in canonical JSON, and name the data map in force', async () => {
    const entries = await canonicals('CUSTOMER_DATA_ANONYMIZED', customer.id);
    expect(entries).toHaveLength(5);
    for (const { canonical } of entries) {
      expect(canonical).toBe(canonicalize(JSON.parse(canonical)));
      const { dataMap, effects } = detailsOf(canonical);
      expect(dataMap).toBe(inForce.digest);
      const counts = Object.values(effects as Record<string, Record<string, number>>);
      for (const treatments of counts) {
        expect(Object.keys(treatments)).not.toEqual([]);
        for (const rows of Object.values(treatments)) expect(rows).toBeGreaterThan(0);
      }
    }
    const finance = detailsOf(entries[0]!.canonical).effects as Record<string, Record<string, number>>;
    // redaction, sealed copies and the statement itself count in one object
    expect(Object.keys(finance.service_contract!)).toEqual(['ERASE', 'ERASE_ROWS', 'KEEP', 'REDACT', 'SEAL']);
  });

  it('come after one entry of the data map, written in the same transaction', async () => {
    await anchored();
    const [map, ...others] = await canonicals('DATA_MAP_IN_FORCE');
    const [first] = await canonicals('CUSTOMER_DATA_ANONYMIZED', customer.id);
    expect(others).toEqual([]);
    expect(JSON.parse(map!.canonical)).toMatchObject({
      actorId: null,
      module: 'anonymization',
      details: { dataMap: inForce.digest, treatments: inForce.treatments },
    });
    expect(map!.transaction).toBe(first!.transaction);
    expect(Number(map!.sequence)).toBeLessThan(Number(first!.sequence));
  });

  it('share the entry of the data map with later ones', async () => {
    const id = await app.records.customer({ customer_number: 'LATER' });
    await anonymize(id, 'LATER');
    expect(await recorded()).toBe(1);
    expect(detailsOf((await canonicals('CUSTOMER_DATA_ANONYMIZED', id))[0]!.canonical).dataMap).toBe(inForce.digest);
  });

  it('have full effects in the list, the CSV and the answer to a repeated request, in the former order', async () => {
    const query = `customerId=${customer.id}&action=CUSTOMER_DATA_ANONYMIZED&order=asc`;
    const { body } = await compliance.get(`/api/v1/audit-entries?${query}`).expect(200);
    const listed = (body.items as { details: Details }[]).flatMap(({ details }) => details.effects as object[]);
    expect(JSON.stringify(listed)).toBe(JSON.stringify(act.effects));
    const { text } = await compliance.get(`/api/v1/audit-entries.csv?${query}`).expect(200);
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(rows.flatMap(({ details }) => (JSON.parse(details!) as Details).effects)).toEqual(act.effects);
    const again = await anonymize(customer.id, customer.customerNumber);
    expect([again.outcome, again.effects]).toEqual(['ALREADY_ANONYMIZED', act.effects]);
    // each table in its order, then redaction, then sealed copies
    const finance = act.effects.filter((effect) => (effect as { module: string }).module === 'finance');
    expect(finance.slice(0, 2)).toMatchObject([
      { table: 'bank_account', treatment: 'ERASE_ROWS' },
      { table: 'invoice_line', treatment: 'ERASE_ROWS' },
    ]);
    expect(finance.at(-1)).toMatchObject({ table: 'service_contract', treatment: 'SEAL', reason: expect.any(String) });
  });

  it('are reported by the verification while the log lacks their data map', async () => {
    const command = new ProductCommand('audit-verify');
    const map = new LoggedDataMap([{ module: 'device', table: 'care_case', treatment: 'ERASE' }]);
    const details = { dataMap: map.digest, effects: { care_case: { ERASE: 1 } } };
    const entry = auditEntryOf({ action: 'ERASURE_REAPPLIED', module: 'device', outcome: 'SUCCEEDED', details });
    const verified = async () => {
      await anchored();
      const { body } = await compliance.get('/api/v1/audit/verification').expect(200);
      const runs = [await command.run(app, []), await command.run(app, ['--ledger', app.config.ledgerFolder])];
      return [body.problem, body.firstBrokenSequence, ...runs.map(({ exitCode }) => exitCode)];
    };
    try {
      await writeEntries(app.sql, [entry]);
      await anchored();
      const { rows } = await app.sql.query<{ sequence: number }>(
        'SELECT sequence::int AS sequence FROM audit.position WHERE entry_id = $1',
        [entry.id],
      );
      expect(await verified()).toEqual(['REFERENCE_MISSING', rows[0]!.sequence, 1, 1]);
      await transaction.run(() =>
        new DataMapEntries(transaction, new AuditLog(transaction, app.clock)).recordInForce(map),
      );
      expect(await verified()).toEqual([null, null, 0, 0]);
    } finally {
      command.remove();
    }
  });

  it('of earlier versions, and those whose data map is missing, are shown as they are', async () => {
    const id = await app.records.customer();
    const former = [{ module: 'finance', table: 'former_table', treatment: 'ERASE', rows: 3, reason: 'a ground' }];
    const unknown = { invoice: { ERASE: 1 } };
    const usual = { action: 'ERASURE_REAPPLIED', module: 'finance', outcome: 'SUCCEEDED', customerId: id };
    await writeEntries(app.sql, [
      auditEntryOf({ ...usual, details: { effects: former } }),
      auditEntryOf({ ...usual, details: { dataMap: 'x', effects: unknown } }),
    ]);
    const { body } = await compliance.get(`/api/v1/audit-entries?customerId=${id}&order=asc`).expect(200);
    expect((body.items as { details: Details }[]).map(({ details }) => details.effects)).toEqual([former, unknown]);
  });

  describe('the data map in force', () => {
    const other = new LoggedDataMap([{ module: 'finance', table: 'invoice', treatment: 'ERASE' }]);
    /** As in a process that has just started. */
    const started = () => new DataMapEntries(transaction, new AuditLog(transaction, app.clock));

    it('is written again when a newer entry has another digest, such as that of another version', async () => {
      const before = await recorded();
      await transaction.run(() => started().recordInForce(other));
      expect(await recorded()).toBe(before + 1);
      await transaction.run(() => started().recordInForce(other));
      expect(await recorded()).toBe(before + 1);
      await transaction.run(() => started().recordInForce(inForce));
      expect(await recorded()).toBe(before + 2);
    });

    it('is not remembered after a rollback', async () => {
      const entries = started();
      const before = await recorded();
      const work = transaction.run(async () => {
        await entries.recordInForce(other);
        await entries.recordInForce(other); // the second one sees the first
        throw new Error('rolled back');
      });
      await expect(work).rejects.toThrow('rolled back');
      expect(await recorded()).toBe(before);
      await transaction.run(() => entries.recordInForce(other));
      expect(await recorded()).toBe(before + 1);
    });

    it('is looked up until a checkpoint covers its entry, and then no more', async () => {
      const entries = started();
      const record = () => transaction.run(() => entries.recordInForce(inForce));
      const queries = jest.spyOn(transaction, 'queryPrepared');
      const lookUps = () => queries.mock.calls.filter(([sql]) => sql.includes('DATA_MAP_IN_FORCE')).length;
      await record();
      expect(lookUps()).toBe(1);
      await anchored();
      await record();
      expect(lookUps()).toBe(2);
      await record();
      expect(lookUps()).toBe(2);
      queries.mockRestore();
    });
  });
});
