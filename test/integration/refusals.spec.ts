import { Client } from 'pg';
import { v7 } from 'uuid';
import { anonymizedLabel } from '../../src/kernel/personal-data';
import { ErasureReconciliation } from '../../src/modules/audit/verification/erasure-reconciliation';
import { databaseCodeOf } from '../../src/platform/database/transient-failure';
import { ProblemFilter } from '../../src/platform/http/problem.filter';
import { auditEntryOf, forgeEntries, writeEntries } from '../support/audit-entry';
import { mergeStatement } from '../support/merge-statement';
import { TestApp } from '../support/test-app';

const MODULES = ['finance', 'device', 'loyalty', 'archive', 'customer'];

/** Columns that the anonymization may clear; all other columns of a document are kept. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  invoice: ['recipient_name', 'recipient_address', 'remark'],
  invoice_line: ['article', 'text'],
  payment: ['payer_name', 'iban', 'reference'],
  receipt: ['customer_name'],
};
const DOCUMENTS = Object.keys(PERSONAL);
/** Excludes records of anonymized customers, which are refused for another reason. */
const OF_THE_LIVING = 'customer_id IN (SELECT id FROM customer WHERE anonymized_at IS NULL)';

describe('the database refuses', () => {
  let app: TestApp;
  /** connects as the application's role, without the application */
  let sql: Client;
  /** a superuser whose session fires no ordinary triggers */
  let replica: Client;
  let adminId: string;
  let customerId: string;
  let otherId: string;
  let invoiceId: string;
  let draftId: string;

  beforeAll(async () => {
    app = await TestApp.start();
    sql = new Client(app.database.as('lethe_app'));
    await sql.connect();
    replica = await app.database.look();
    await replica.query('SET session_replication_role = replica');
    const { rows } = await app.sql.query<{ id: string }>(`SELECT id FROM employee WHERE role = 'ADMINISTRATOR'`);
    adminId = rows[0]!.id;
    customerId = await app.records.customer();
    otherId = await app.records.customer();
    const of = { customer_id: customerId };
    const lines = [{ article: 'Etui', text: 'Etui klein', serial_number: 'S-1' }];
    invoiceId = await app.records.paidInvoice(customerId, {}, lines);
    draftId = await app.records.insert('invoice', { ...of, status: 'DRAFT', number: null, issued_on: null });
    await app.records.insert('invoice_line', { ...of, invoice_id: draftId });
    await app.records.insert('payment', { ...of, invoice_id: draftId, iban: 'DE00', amount: 0 });
    await app.sql.query(`UPDATE invoice SET remark = 'Bemerkung' WHERE id = $1`, [draftId]);
    await app.records.insert('receipt', of);
  });
  afterAll(async () => {
    await sql?.end();
    await app?.stop();
  });

  /** The SQLSTATE of a transaction, which is rolled back; null if it was not refused. */
  async function refusal(client: Client, ...statements: readonly string[]): Promise<string | null> {
    await client.query('BEGIN');
    try {
      for (const statement of statements) await client.query(statement);
      await client.query('SET CONSTRAINTS ALL IMMEDIATE');
      return null;
    } catch (error) {
      return databaseCodeOf(error) ?? String(error);
    } finally {
      await client.query('ROLLBACK');
    }
  }

  const columnsOf = async (table: string) =>
    (
      await app.sql.query<{ name: string; type: string }>(
        `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''`,
        [table],
      )
    ).rows;

  /** Rows of issued documents. */
  const ofIssued = (table: string) =>
    table === 'receipt'
      ? `customer_id = '${customerId}'`
      : table === 'invoice'
        ? `id = ${invoiceId}`
        : `invoice_id = ${invoiceId}`;

  /** Another value of each type that violates no constraint. */
  const OTHER: Readonly<Record<string, (column: string) => string>> = {
    text: (column) =>
      ['kind', 'status', 'method'].includes(column) ? `CASE ${column} WHEN 'x' THEN 'y' END` : `'Geheim'`,
    date: () => `'2021-12-31'`,
    'timestamp with time zone': () => `'2021-12-31'`,
    bigint: (column) => (column === 'invoice_id' ? draftId : `coalesce(${column}, 0) + 1`),
    integer: (column) => `${column} + 1`,
    numeric: (column) => `${column} + 1`,
    uuid: () => `'${otherId}'`,
  };

  describe.each([
    ['by the application’s role', () => sql],
    ['by a superuser without ordinary triggers', () => replica],
  ])('changes of issued documents %s', (_, client) => {
    it.each(DOCUMENTS)('in every column of %s', async (table) => {
      const columns = await columnsOf(table);
      const outcomes: Record<string, string | null> = {};
      for (const { name, type } of columns)
        outcomes[name] = await refusal(
          client(),
          `UPDATE ${table} SET ${name} = ${OTHER[type]!(name)} WHERE ${ofIssued(table)}`,
        );
      // a constraint may refuse first
      const refused = expect.stringMatching(/^(AN004|23502|23503|23514)$/);
      expect(outcomes).toEqual(Object.fromEntries(columns.map(({ name }) => [name, refused])));
      expect(Object.values(outcomes).filter((code) => code === 'AN004').length).toBeGreaterThan(4);
    });

    it.each(DOCUMENTS)('except for clearing the personal columns of %s', async (table) => {
      for (const column of PERSONAL[table]!)
        for (const value of ['NULL', `'Anonymisiert am 23.11.2026 von Erika Beispiel'`, `'Etui für [anonymisiert]'`])
          expect(
            await refusal(client(), `UPDATE ${table} SET ${column} = ${value} WHERE ${ofIssued(table)}`),
          ).toBeNull();
    });

    it.each(DOCUMENTS)('and the deletion of %s', async (table) => {
      const refused = client() === sql && table === 'receipt' ? '42501' : 'AN004';
      const statement = `DELETE FROM ${table} WHERE ${ofIssued(table)}`;
      expect(await refusal(client(), 'SET CONSTRAINTS ALL DEFERRED', statement)).toBe(refused);
      expect(await refusal(client(), `TRUNCATE ${table} CASCADE`)).toBe(client() === sql ? '42501' : 'AN004');
    });

    it('including lines added later and attempts to make an old document look new', async () => {
      const line = (id: string) =>
        `INSERT INTO invoice_line (customer_id, invoice_id, position, quantity, amount) VALUES ('${customerId}', ${id}, 99, 1, 1)`;
      const issue = `UPDATE invoice SET status = 'ISSUED', number = 'R-99', issued_on = '2026-01-01' WHERE id = ${draftId}`;
      expect(await refusal(client(), line(invoiceId))).toBe('AN004');
      expect(await refusal(client(), `UPDATE invoice SET remark = NULL WHERE id = ${invoiceId}`, line(invoiceId))).toBe(
        'AN004',
      );
      expect(await refusal(client(), line(draftId))).toBeNull();
      expect(await refusal(client(), issue)).toBeNull();
      expect(await refusal(client(), issue, line(draftId))).toBe('AN004');
      const current = 'pg_current_xact_id()::text::bigint';
      expect(await refusal(client(), `UPDATE invoice SET entered_in = ${current} WHERE id = ${draftId}`)).toBe('AN004');
      const entered = (when: string) =>
        `INSERT INTO invoice (customer_id, number, branch_id, kind, status, issued_on, net, tax, gross, entered_in)
         SELECT customer_id, 'R-100', branch_id, kind, status, issued_on, net, tax, gross, ${when} FROM invoice WHERE id = ${invoiceId}`;
      expect(await refusal(client(), entered(`${current} + 1`))).toBe('AN004');
      const last = '(SELECT max(id) FROM invoice)';
      expect(await refusal(client(), entered(current), line(last))).toBeNull();
      expect(
        await refusal(client(), 'SAVEPOINT one', entered(current), 'RELEASE one', 'SAVEPOINT two', line(last)),
      ).toBeNull();
      // a line may not move between a draft and an issued document
      expect(
        await refusal(client(), `UPDATE invoice_line SET invoice_id = ${invoiceId} WHERE invoice_id = ${draftId}`),
      ).toBe('AN004');
    });

    it('while drafts are changed and deleted, and payments booked', async () => {
      expect(await refusal(client(), `UPDATE invoice SET gross = 7, remark = 'neu' WHERE id = ${draftId}`)).toBeNull();
      expect(
        await refusal(client(), `UPDATE invoice_line SET text = 'neu', amount = 7 WHERE invoice_id = ${draftId}`),
      ).toBeNull();
      const deleted = ['payment', 'invoice_line'].map((table) => `DELETE FROM ${table} WHERE invoice_id = ${draftId}`);
      expect(await refusal(client(), ...deleted, `DELETE FROM invoice WHERE id = ${draftId}`)).toBeNull();
      const payment = `INSERT INTO payment (customer_id, invoice_id, kind, paid_on, amount) VALUES ('${customerId}', ${invoiceId}, 'PAYMENT', '2026-01-01', 1)`;
      expect(await refusal(client(), payment)).toBeNull();
    });

    it('including another owner, unless the old one was merged into the new one', async () => {
      const thirdId = await app.records.customer();
      const move = ['invoice', 'invoice_line', 'payment', 'receipt'].map(
        (table) => `UPDATE ${table} SET customer_id = '${otherId}' WHERE customer_id = '${customerId}'`,
      );
      const merge = mergeStatement(customerId, otherId);
      const deferred = 'SET CONSTRAINTS ALL DEFERRED';
      for (const statement of move) expect(await refusal(client(), deferred, statement)).toBe('AN004');
      expect(await refusal(client(), deferred, merge, ...move)).toBeNull();
      const changed = move[0]!.replace('SET ', `SET issued_on = '2021-12-31', `);
      expect(await refusal(client(), deferred, merge, changed)).toBe('AN004');
      const elsewhere = move.map((statement) => statement.replace(otherId, thirdId));
      for (const statement of elsewhere) expect(await refusal(client(), deferred, merge, statement)).toBe('AN004');
      expect(await refusal(client(), deferred, mergeStatement(customerId, customerId), ...move)).toBe('AN008');
    });
  });

  it('a change of an issued document is 409 DOCUMENT_ISSUED if a route lets it through', () => {
    const answers: string[] = [];
    const response = {
      headersSent: false,
      setHeader: () => undefined,
      status: () => response,
      type: () => response,
      send: (text: string) => answers.push(text),
    };
    const host = {
      switchToHttp: () => ({ getRequest: () => ({ originalUrl: '/x', headers: {} }), getResponse: () => response }),
    };
    const error = Object.assign(new Error('x'), { code: 'AN004' });
    new ProblemFilter({ failure: () => undefined } as never).catch(error, host as never);
    expect(JSON.parse(answers[0]!)).toMatchObject({ status: 409, code: 'DOCUMENT_ISSUED' });
  });

  describe('an anonymization', () => {
    const runId = v7();
    const entry = (module: string, fields: object = {}) =>
      auditEntryOf({
        action: 'CUSTOMER_DATA_ANONYMIZED',
        module,
        outcome: 'SUCCEEDED',
        actorId: adminId,
        actorRole: 'ADMINISTRATOR',
        customerId,
        runId,
        ...fields,
      });
    const LABEL = anonymizedLabel('2026-11-23', 'Erika Beispiel');
    const anonymized = (assignments = '') =>
      `UPDATE customer SET anonymized_at = now(), anonymized_by = '${adminId}', anonymization_run_id = '${runId}', status = 'DELETED',
         last_name = '${LABEL}', first_name = NULL, email = NULL, note = NULL ${assignments} WHERE id = '${customerId}'`;

    async function attempt(client: Client, entries: readonly ReturnType<typeof entry>[], statement: string) {
      await client.query('BEGIN');
      try {
        await writeEntries(client, entries);
        await client.query(statement);
        await client.query('SET CONSTRAINTS ALL IMMEDIATE');
        return null;
      } catch (error) {
        return databaseCodeOf(error) ?? String(error);
      } finally {
        await client.query('ROLLBACK');
      }
    }

    it.each([
      ['the application’s role', () => sql],
      ['a superuser without ordinary triggers', () => replica],
    ])('by %s without exactly its five audit entries', async (_, client) => {
      const entries = MODULES.map((module) => entry(module));
      expect(await attempt(client(), entries, anonymized())).toBeNull();
      expect(await attempt(client(), [], anonymized())).toBe('AN005');
      for (const missing of MODULES)
        expect(
          await attempt(
            client(),
            entries.filter(({ canonical }) => !canonical.includes(`"module":"${missing}"`)),
            anonymized(),
          ),
        ).toBe('AN005');
      expect(
        await attempt(
          client(),
          MODULES.map((module) => entry(module, { runId: v7() })),
          anonymized(),
        ),
      ).toBe('AN005');
      expect(
        await attempt(
          client(),
          MODULES.map((module) => entry(module, { customerId: otherId })),
          anonymized(),
        ),
      ).toBe('AN005');
      expect(
        await attempt(
          client(),
          MODULES.map((module) => entry(module, { action: 'ERASURE_REPLAYED' })),
          anonymized(),
        ),
      ).toBe('AN005');
      expect(
        await attempt(
          client(),
          entries,
          anonymized(`, anonymized_by = '${v7()}'`).replace(`anonymized_by = '${adminId}', `, ''),
        ),
      ).toBe('AN005');
      expect(
        await attempt(client(), entries, anonymized(`, last_name = 'Geheim'`).replace(`last_name = '${LABEL}', `, '')),
      ).toBe('AN005');
    });

    it.each([
      ['the application’s role', () => sql],
      ['a superuser without ordinary triggers', () => replica],
    ])(
      'by %s that repeats the erasure of another customer, unless the log proves that they are the same',
      async (_, client) => {
        const recorded = async () => {
          const id = await app.records.customer({ customer_number: `REPEAT-${v7()}` });
          await anonymize(id, await numberOf(id));
          const { rows } = await app.sql.query<{ run: string }>(
            'SELECT anonymization_run_id AS run FROM customer WHERE id = $1',
            [id],
          );
          return { id, run: rows[0]!.run };
        };
        const [erased, another] = [await recorded(), await recorded()];
        const middle = v7();
        const merged = (source: string, target: string, fields: object = {}) =>
          auditEntryOf({
            action: 'CUSTOMERS_MERGED',
            module: 'customer',
            outcome: 'SUCCEEDED',
            customerId: source,
            details: { intoCustomerId: target },
            ...fields,
          });
        const repeat = (run: string, ...before: readonly ReturnType<typeof entry>[]) =>
          attempt(
            client(),
            [
              ...before,
              ...MODULES.map((module) => entry(module, { action: 'ERASURE_REPLAYED', actorId: null, runId: run })),
            ],
            anonymized().replaceAll(runId, run),
          );
        expect(await repeat(erased.run)).toBe('AN005');
        expect(await repeat(erased.run, merged(customerId, erased.id))).toBeNull();
        expect(await repeat(erased.run, merged(middle, erased.id), merged(customerId, middle))).toBeNull();
        expect(await repeat(erased.run, merged(customerId, middle), merged(middle, customerId))).toBe('AN005');
        expect(await repeat(erased.run, merged(erased.id, customerId))).toBe('AN005');
        expect(await repeat(another.run, merged(customerId, erased.id))).toBe('AN005');
        expect(await repeat(erased.run, merged(customerId, erased.id, { outcome: 'REFUSED' }))).toBe('AN005');

        // an operator's decision is in the log and names both customers
        const conflict = { conflict: 'NUMBER_TAKEN', otherCustomerId: customerId, resolution: 'ERASED' };
        const resolved = (details: object) =>
          auditEntryOf({
            action: 'ERASURE_CONFLICT_RESOLVED',
            module: 'customer',
            outcome: 'SUCCEEDED',
            customerId: erased.id,
            details: { ...conflict, ...details },
          });
        expect(await repeat(erased.run, resolved({}))).toBe('AN005');
        await app.sql.query(
          `INSERT INTO erasure_conflict (entry_id, customer_id, code, other_customer_id, found_at, resolved_at, resolution)
         VALUES (gen_random_uuid(), $1, 'NUMBER_TAKEN', $2, now(), now(), 'ERASED')`,
          [erased.id, customerId],
        );
        expect(await repeat(erased.run)).toBe('AN005');
        expect(await repeat(erased.run, resolved({ otherCustomerId: otherId }))).toBe('AN005');
        expect(await repeat(erased.run, resolved({ resolution: 'DISMISSED' }))).toBe('AN005');
        expect(await repeat(another.run, resolved({}))).toBe('AN005');
        expect(await repeat(erased.run, resolved({}))).toBeNull();
      },
    );

    it('that entries claim, but that did not happen', async () => {
      expect(
        await attempt(
          sql,
          MODULES.map((module) => entry(module)),
          'SELECT',
        ),
      ).toBe('AN006');
    });

    it('of a customer who is inserted as anonymized or merged', async () => {
      const insert = (column: string, value: string) =>
        `INSERT INTO customer (customer_number, branch_id, status, last_name, ${column})
         SELECT 'K-' || gen_random_uuid(), branch_id, 'DELETED', 'x', ${value} FROM customer WHERE id = '${customerId}'`;
      expect(await refusal(sql, insert('merged_into_id', `'${otherId}'`))).toBe('AN005');
      expect(
        await refusal(
          sql,
          insert('anonymized_at, anonymized_by, anonymization_run_id', `now(), '${adminId}', '${runId}'`),
        ),
      ).toBe('AN005');
    });
  });

  it('a change or deletion of an anonymized customer', async () => {
    const id = await app.records.customer({ customer_number: 'CHANGE-1' });
    await app.records.insert('quote', { customer_id: id });
    await anonymize(id, 'CHANGE-1');
    for (const client of [sql, replica]) {
      expect(await refusal(client, `UPDATE customer SET note = 'wieder da' WHERE id = '${id}'`)).toBe('AN001');
      expect(await refusal(client, `UPDATE customer SET anonymized_at = NULL WHERE id = '${id}'`)).toBe('AN001');
      const away = `UPDATE quote SET customer_id = '${otherId}' WHERE customer_id = '${id}'`;
      expect(await refusal(client, away)).toBe('AN001');
    }
    expect(await refusal(sql, `DELETE FROM customer WHERE id = '${id}'`)).toBe('42501');
    expect(await refusal(replica, `DELETE FROM customer WHERE id = '${id}'`)).toBe('AN001');
  });

  describe('a merge', () => {
    it('into or of an anonymized customer', async () => {
      const id = await app.records.customer({ customer_number: 'MERGE-1' });
      await anonymize(id, 'MERGE-1');
      for (const client of [sql, replica]) {
        expect(await refusal(client, mergeStatement(otherId, id))).toBe('AN001');
        expect(await refusal(client, mergeStatement(id, otherId))).toBe('AN001');
      }
    });

    it('into itself, in circles, into a merged customer, a second time, and back', async () => {
      const third = await app.records.customer();
      for (const client of [sql, replica]) {
        expect(await refusal(client, mergeStatement(otherId, otherId))).toBe('AN008');
        expect(await refusal(client, mergeStatement(otherId, third), mergeStatement(third, otherId))).toBe('AN008');
        expect(await refusal(client, mergeStatement(otherId, third), mergeStatement(customerId, otherId))).toBe(
          'AN008',
        );
        expect(await refusal(client, mergeStatement(otherId, third), mergeStatement(otherId, customerId))).toBe(
          'AN008',
        );
        expect(await refusal(client, mergeStatement(otherId, third), mergeStatement(otherId, null))).toBe('AN008');
        expect(await refusal(client, mergeStatement(otherId, third), mergeStatement(third, customerId))).toBeNull();
      }
    });
  });

  it.each([
    ['42501', 'DELETE FROM receipt'],
    ['42501', 'DELETE FROM legal_hold'],
    ...['BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE'].flatMap((retentionClass): [string, string][] => [
      ['AN007', `DELETE FROM archive_key WHERE retention_class = '${retentionClass}' AND ${OF_THE_LIVING}`],
      ['AN007', `DELETE FROM archive_document WHERE retention_class = '${retentionClass}' AND ${OF_THE_LIVING}`],
    ]),
    [null, `DELETE FROM archive_key WHERE retention_class = 'NONE'`],
    ['42501', 'SELECT lo_create(0)'],
    ['42501', `SELECT lo_from_bytea(0, '')`],
  ])('deletions by the application’s role: %s %s', async (code, statement) => {
    for (const retentionClass of ['NONE', 'BUSINESS_LETTER', 'VOUCHER', 'MEDICAL_DEVICE']) {
      await app.sql.query(
        `INSERT INTO archive_key (customer_id, retention_class, wrapped_key) VALUES ($1, $2, 'x') ON CONFLICT DO NOTHING`,
        [otherId, retentionClass],
      );
      if (retentionClass !== 'NONE')
        await app.records.insert('archive_document', {
          customer_id: otherId,
          retention_class: retentionClass,
          retention_until: '2030-12-31',
        });
    }
    expect(await refusal(sql, statement)).toBe(code);
  });

  describe('and the reconciliation with the log', () => {
    const reconcile = () =>
      new ErasureReconciliation(async (text, values) => (await app.sql.query(text, [...values])).rows).reconcile();

    it('finds customers anonymized without entries, and customers not anonymized despite entries', async () => {
      const honest = await app.records.customer({ customer_number: 'TRUE-1' });
      await anonymize(honest, 'TRUE-1');
      expect(await reconcile()).toEqual({ unproven: [], undone: [] });

      const faked = await app.records.customer();
      await app.sql.query('BEGIN; ALTER TABLE customer DISABLE TRIGGER prove_anonymization');
      await app.sql.query(
        `UPDATE customer SET anonymized_at = now(), anonymized_by = $2, anonymization_run_id = $2, status = 'DELETED',
           first_name = NULL, email = NULL, note = NULL WHERE id = $1`,
        [faked, adminId],
      );
      await app.sql.query('ALTER TABLE customer ENABLE ALWAYS TRIGGER prove_anonymization; COMMIT');
      const claimed = await app.records.customer();
      await forgeEntries(app.sql, [
        auditEntryOf({ action: 'CUSTOMER_DATA_ANONYMIZED', module: 'finance', customerId: claimed }),
      ]);
      const gone = auditEntryOf({ action: 'CUSTOMER_DATA_ANONYMIZED', module: 'finance', customerId: v7() });
      await forgeEntries(app.sql, [gone]); // of a customer created after the backup
      expect(await reconcile()).toEqual({ unproven: [faked], undone: [claimed] });

      // a missing entry of an anonymized customer
      await app.sql.query('BEGIN; ALTER TABLE audit.entry DISABLE TRIGGER refuse_delete');
      await app.sql.query(
        `DELETE FROM audit.entry WHERE content ->> 'customerId' = $1 AND content ->> 'module' = 'device'`,
        [honest],
      );
      expect([...(await reconcile()).unproven].sort()).toEqual([honest, faked].sort());
      await app.sql.query('ROLLBACK');

      // the replay has reported another customer under the id
      await writeEntries(app.sql, [
        auditEntryOf({ action: 'ERASURE_REPLAYED', module: 'customer', customerId: claimed }),
      ]);
      expect((await reconcile()).undone).toEqual([]);
    });
  });

  const numberOf = async (id: string) =>
    (await app.sql.query<{ number: string }>('SELECT customer_number AS number FROM customer WHERE id = $1', [id]))
      .rows[0]!.number;

  async function anonymize(id: string, number: string): Promise<void> {
    const admin = await app.as('admin');
    const body = { confirmation: number, reason: 'ERASURE_REQUEST' };
    await admin.post(`/api/v1/customers/${id}/anonymization`).send(body).expect(200);
  }
});
