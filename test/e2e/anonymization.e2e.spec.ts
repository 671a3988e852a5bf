import type { Blocker } from '../../src/kernel/blocker';
import type { Effect } from '../../src/kernel/anonymization-step';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { CANARY } from '../support/canary';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';

const REASON = { reason: 'ERASURE_REQUEST', reference: 'T-4711' };

describe('anonymization through the API', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  afterEach(() => app.clock.set(null));

  const url = (id: string) => `/api/v1/customers/${id}/anonymization`;
  const anonymize = async (id: string, body: object, headers: Record<string, string> = {}) =>
    (await app.as('admin'))
      .post(url(id))
      .set(headers)
      .send({ ...REASON, ...body });
  const auditOf = async (customerId: string) =>
    (
      await app.sql.query<{ entry: Record<string, unknown> & { details: Record<string, unknown> } }>(
        `SELECT canonical::jsonb AS entry FROM audit.entry WHERE customer_id = $1 ORDER BY id`,
        [customerId],
      )
    ).rows.map(({ entry }) => entry);
  /** The lock timeout of each statement that locks customers for an anonymization. */
  const lockTimeouts = (): string[] => {
    const transaction = app.nest.get(TransactionRunner);
    const query = transaction.queryPrepared.bind(transaction);
    const timeouts: string[] = [];
    jest.spyOn(transaction, 'queryPrepared').mockImplementation(async (sql, parameters) => {
      if (/FROM customer [^]* FOR UPDATE/.test(sql))
        timeouts.push((await transaction.query<{ lock_timeout: string }>('SHOW lock_timeout'))[0]!.lock_timeout);
      return query(sql, parameters);
    });
    return timeouts;
  };
  const sorted = (effects: Effect[]) => effects.map((effect) => JSON.stringify(effect)).sort();

  describe('of one customer', () => {
    let customer: FullCustomer;
    let effects: Effect[];

    it('previews the effects and changes nothing', async () => {
      customer = await fullCustomer(app.sql, 'Preva', await app.records.customer());
      const { body } = await (await app.as('admin')).post(`${url(customer.id)}/preview`).expect(200);
      expect(body).toMatchObject({
        customerId: customer.id,
        customerNumber: customer.customerNumber,
        verdict: 'READY',
        blockers: [],
      });
      expect(body.warnings).toEqual(
        expect.arrayContaining([
          // two invoices, a till receipt, a quote and a contract; a care case, a loan and a device
          { code: 'FISCAL_RETENTION', module: 'finance', count: 5, until: '2032-12-31' },
          { code: 'DEVICE_RETENTION', module: 'device', count: 3, until: '2036-12-31' },
          { code: 'DEVICE_RETENTION', module: 'archive', count: 1, until: '2030-12-31' },
          { code: 'REMAINING_PROGRAM_VALUE', module: 'loyalty', count: 1 },
          { code: 'RELATED_CUSTOMERS', module: 'customer', count: 1 },
        ]),
      );
      effects = body.effects;
      expect(effects).toContainEqual({ module: 'customer', table: 'address', treatment: 'ERASE_ROWS', rows: 2 });
      expect(effects).toContainEqual({ module: 'finance', table: 'invoice', treatment: 'ERASE_ROWS', rows: 1 });
      expect(effects).toContainEqual({ module: 'finance', table: 'invoice_line', treatment: 'REDACT', rows: 2 });
      expect(effects.find(({ table, treatment }) => table === 'invoice' && treatment === 'KEEP')).toMatchObject({
        rows: 2,
        reason: expect.stringContaining('§ 147 AO'),
      });
      expect(await auditOf(customer.id)).toEqual([]);
    });

    it('requires the customer number as confirmation', async () => {
      const { body } = await anonymize(customer.id, { confirmation: 'K-0' }).then((response) => response);
      expect(body).toMatchObject({ status: 422, code: 'CONFIRMATION_MISMATCH', instance: url(customer.id) });
      expect(await auditOf(customer.id)).toEqual([]);
    });

    it('does what the preview announced, dated in the shop’s time zone', async () => {
      app.clock.set('2026-11-22T23:30:00Z'); // already the 23rd in the shop's time zone
      const { status, body } = await anonymize(customer.id, { confirmation: customer.customerNumber });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        outcome: 'ANONYMIZED',
        anonymizedAt: '2026-11-22T23:30:00.000Z',
        runId: expect.any(String),
      });
      expect(sorted(body.effects)).toEqual(sorted(effects));
      const { rows } = await app.sql.query(
        'SELECT last_name, status, anonymization_run_id FROM customer WHERE id = $1',
        [customer.id],
      );
      expect(rows).toEqual([
        {
          last_name: 'Anonymisiert am 23.11.2026 von Administrator',
          status: 'DELETED',
          anonymization_run_id: body.runId,
        },
      ]);
    });

    it('writes one audit entry per module, with counts and without values', async () => {
      const entries = await auditOf(customer.id);
      expect(entries.map(({ action, module }) => `${String(action)} ${String(module)}`).sort()).toEqual(
        ['archive', 'customer', 'device', 'finance', 'loyalty'].map((module) => `CUSTOMER_DATA_ANONYMIZED ${module}`),
      );
      const text = JSON.stringify(entries);
      for (const token of customer.tokens) expect(text).not.toContain(token);
      expect(entries.find(({ module }) => module === 'customer')!.details).toMatchObject({
        reason: 'ERASURE_REQUEST',
        reference: 'T-4711',
        customerNumber: customer.customerNumber,
        label: 'Anonymisiert am 23.11.2026 von Administrator',
      });
    });

    it('is stored as a run of one customer', async () => {
      const { body } = await (await app.as('compliance')).get('/api/v1/anonymization-runs').expect(200);
      expect(body.items[0]).toMatchObject({
        kind: 'CUSTOMER',
        state: 'COMPLETED',
        counts: { total: 1, anonymized: 1, ready: 0 },
      });
    });

    it('is not repeated: the first label and date stay', async () => {
      app.clock.set('2027-01-01T12:00:00Z');
      const { status, body } = await anonymize(customer.id, { confirmation: customer.customerNumber });
      expect(status).toBe(200);
      expect(body).toMatchObject({ outcome: 'ALREADY_ANONYMIZED', anonymizedAt: '2026-11-22T23:30:00.000Z' });
      expect(sorted(body.effects)).toEqual(sorted(effects));
      const { rows } = await app.sql.query('SELECT last_name FROM customer WHERE id = $1', [customer.id]);
      expect(rows).toEqual([{ last_name: 'Anonymisiert am 23.11.2026 von Administrator' }]);
      const preview = await (await app.as('admin')).post(`${url(customer.id)}/preview`).expect(200);
      expect(preview.body).toMatchObject({ verdict: 'ALREADY_ANONYMIZED', blockers: [], effects: [] });
    });

    it('takes the label from the name of the employee', async () => {
      const admin = await app.as('admin');
      await admin
        .post('/api/v1/employees')
        .send({ username: 'erika', displayName: 'Erika Beispiel', role: 'ADMINISTRATOR', password: 'lange-genug-7' })
        .expect(201);
      const login = await app
        .anonymous()
        .post('/api/v1/auth/login')
        .send({ username: 'erika', password: 'lange-genug-7' })
        .expect(200);
      const id = await app.records.customer({ customer_number: 'K-Label' });
      app.clock.set('2026-03-01T11:00:00Z');
      await app
        .anonymous()
        .post(url(id))
        .set('Authorization', `Bearer ${login.body.accessToken}`)
        .send({ ...REASON, confirmation: 'K-Label' })
        .expect(200);
      const { rows } = await app.sql.query('SELECT last_name FROM customer WHERE id = $1', [id]);
      expect(rows).toEqual([{ last_name: 'Anonymisiert am 01.03.2026 von Erika Beispiel' }]);
    });
  });

  describe('of a blocked customer', () => {
    it('refuses with every reason, changes nothing, and audits the refusal', async () => {
      const customer = await fullCustomer(app.sql, 'Bloqa');
      await app.records.insert('invoice', { customer_id: customer.id, issued_on: '2021-01-01', number: 'R-offen' });
      await app.records.insert('care_case', { customer_id: customer.id, status: 'OPEN' });
      await app.records.insert('legal_hold', { customer_id: customer.id });
      const before = (await app.sql.query('SELECT * FROM customer WHERE id = $1', [customer.id])).rows;
      const { status, body, type } = await anonymize(customer.id, { confirmation: customer.customerNumber });
      expect({ status, type }).toEqual({ status: 409, type: 'application/problem+json' });
      expect(body.code).toBe('ANONYMIZATION_BLOCKED');
      expect(body.blockers.map(({ code }: Blocker) => code)).toEqual([
        'UNPAID_INVOICE',
        'OPEN_CARE_CASE',
        'LEGAL_HOLD',
      ]);
      expect(body.blockers[0]).toEqual({
        rule: 1,
        code: 'UNPAID_INVOICE',
        module: 'finance',
        recordType: 'INVOICE',
        recordId: expect.stringMatching(/^\d+$/),
        recordNumber: 'R-offen',
        date: '2021-01-01',
        clearsOn: null,
      });
      expect((await app.sql.query('SELECT * FROM customer WHERE id = $1', [customer.id])).rows).toEqual(before);
      expect(await auditOf(customer.id)).toEqual([
        expect.objectContaining({
          action: 'ANONYMIZATION_REFUSED',
          outcome: 'REFUSED',
          details: { blockers: ['UNPAID_INVOICE', 'OPEN_CARE_CASE', 'LEGAL_HOLD'], ...REASON },
        }),
      ]);
      const preview = await (await app.as('admin')).post(`${url(customer.id)}/preview`).expect(200);
      expect(preview.body).toMatchObject({ verdict: 'BLOCKED', earliestPossibleOn: null, blockers: body.blockers });
    });

    it('reports when a blocker clears by itself', async () => {
      app.clock.set('2026-06-15T10:00:00Z');
      const id = await app.records.customer();
      await app.records.paidInvoice(id, { issued_on: '2026-06-01' });
      await app.records.insert('service_contract', { customer_id: id, ends_on: '2027-12-31' });
      const { body } = await (await app.as('admin')).post(`${url(id)}/preview`).expect(200);
      expect(body).toMatchObject({ verdict: 'BLOCKED', earliestPossibleOn: '2028-01-01' });
      expect(body.blockers.map(({ clearsOn }: Blocker) => clearsOn)).toEqual(['2026-12-01', '2028-01-01']);
    });

    it('counts mentions in relatives’ records without naming the relatives', async () => {
      const father = await app.records.customer({ first_name: 'Balduin', last_name: 'Grotewohl' });
      const daughter = await app.records.customer({ note: 'Holt die Geräte für ihren Vater Balduin Grotewohl ab' });
      await app.records.insert('relationship', { customer_id: daughter, related_customer_id: father });
      const { body } = await (await app.as('admin')).post(`${url(father)}/preview`).expect(200);
      expect(body.warnings).toContainEqual({ code: 'FREE_TEXT_IN_OTHER_RECORDS', module: 'customer', count: 1 });
      expect(JSON.stringify(body)).not.toContain(daughter);
    });
  });

  describe('with bad input', () => {
    it.each([
      ['no body', {}, 'confirmation'],
      ['an unknown reason', { confirmation: 'K-1', reason: 'BECAUSE' }, 'reason'],
      [
        'a reference that is not a ticket number',
        { confirmation: 'K-1', reason: 'OTHER', reference: 'Herr Müller' },
        'reference',
      ],
      ['an unknown field', { confirmation: 'K-1', reason: 'OTHER', force: true }, 'force'],
      ['a number as confirmation', { confirmation: 4711, reason: 'OTHER' }, 'confirmation'],
    ])('%s is refused with the field', async (_, body, field) => {
      const id = await app.records.customer();
      const response = await (await app.as('admin')).post(url(id)).send(body).expect(400);
      expect(response.body.code).toBe('VALIDATION_FAILED');
      expect(response.body.errors.map((error: { field: string }) => error.field)).toContain(field);
      expect(JSON.stringify(response.body)).not.toContain('Müller');
    });

    it('an unknown id is not found', async () => {
      for (const id of ['0197f5a0-0000-7000-8000-000000000000', '1', 'x%00']) {
        const { body } = await (await app.as('admin')).post(url(id)).send({ ...REASON, confirmation: 'K-1' });
        expect([404, 400]).toContain(body.status);
        if (id !== 'x%00') expect(body.code).toBe('CUSTOMER_NOT_FOUND');
      }
    });
  });

  describe('repeated with an Idempotency-Key', () => {
    it('returns the same response again and does nothing', async () => {
      const id = await app.records.customer({ customer_number: 'K-Idem' });
      const first = await anonymize(id, { confirmation: 'K-Idem' }, { 'Idempotency-Key': 'one' });
      const again = await anonymize(id, { confirmation: 'K-Idem' }, { 'Idempotency-Key': 'one' });
      expect(first.body.outcome).toBe('ANONYMIZED');
      expect(again.body).toEqual(first.body);
      const other = await anonymize(id, { confirmation: 'K-Idem', reason: 'OTHER' }, { 'Idempotency-Key': 'one' });
      expect(other.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
      const somebodyElse = await app.records.customer();
      const wrong = await anonymize(somebodyElse, { confirmation: 'K-Idem' }, { 'Idempotency-Key': 'one' });
      expect(wrong.body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
    });

    it('forgets the response after seven days', async () => {
      const id = await app.records.customer({ customer_number: 'K-Week' });
      await anonymize(id, { confirmation: 'K-Week' }, { 'Idempotency-Key': 'week' });
      const again = () => anonymize(id, { confirmation: 'K-Week', reason: 'OTHER' }, { 'Idempotency-Key': 'week' });
      const age = (interval: string) =>
        app.sql.query(`UPDATE idempotency_answer SET created_at = now() - $1::interval WHERE key = 'week'`, [interval]);
      await age('6 days 23 hours');
      expect((await again()).body).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      await age('7 days 1 hour');
      expect((await again()).body).toMatchObject({ outcome: 'ALREADY_ANONYMIZED' });
    });

    it('is a key of one employee: another one may use the same key', async () => {
      const id = await app.records.customer({ customer_number: 'K-Each' });
      const first = await anonymize(id, { confirmation: 'K-Each' }, { 'Idempotency-Key': 'each' });
      expect(first.body.outcome).toBe('ANONYMIZED');
      await app.sql.query(`UPDATE employee SET role = 'ADMINISTRATOR' WHERE username = 'employee'`);
      const second = await (
        await app.as('employee')
      )
        .post(url(id))
        .set({ 'Idempotency-Key': 'each' })
        .send({ ...REASON, confirmation: 'K-Each' });
      await app.sql.query(`UPDATE employee SET role = 'EMPLOYEE' WHERE username = 'employee'`);
      expect(second.body.outcome).toBe('ALREADY_ANONYMIZED');
    });

    it('executes twenty concurrent identical requests once', async () => {
      const id = await app.records.customer({ customer_number: 'K-Twin' });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => anonymize(id, { confirmation: 'K-Twin' }, { 'Idempotency-Key': 'twins' })),
      );
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers[0]!.body.outcome).toBe('ANONYMIZED');
      expect(await auditOf(id)).toHaveLength(5);
    });

    it('stores no refusal: once the reason is fixed, the same request succeeds', async () => {
      const id = await app.records.customer({ customer_number: 'K-Mend' });
      const caseId = await app.records.insert('care_case', { customer_id: id, status: 'OPEN' });
      expect((await anonymize(id, { confirmation: 'K-Mend' }, { 'Idempotency-Key': 'mend' })).status).toBe(409);
      await app.sql.query(`UPDATE care_case SET status = 'COMPLETED' WHERE id = $1`, [caseId]);
      expect((await anonymize(id, { confirmation: 'K-Mend' }, { 'Idempotency-Key': 'mend' })).body.outcome).toBe(
        'ANONYMIZED',
      );
    });
  });

  it('waits 5 s for a customer locked by another session, then reports the lock', async () => {
    const id = await app.records.customer({ customer_number: 'K-Held' });
    const holder = await app.database.look();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [id]);
    const timeouts = lockTimeouts();
    const { body } = await anonymize(id, { confirmation: 'K-Held' });
    await holder.query('ROLLBACK');
    expect(body).toMatchObject({ status: 409, code: 'CUSTOMER_LOCKED' });
    expect(timeouts).toEqual(['5s']);
    jest.restoreAllMocks();
    expect((await anonymize(id, { confirmation: 'K-Held' })).body.outcome).toBe('ANONYMIZED');
  });

  describe('of a selection', () => {
    it('freezes, checks, requires the count, anonymizes the ready customers and leaves the blocked ones', async () => {
      const admin = await app.as('admin');
      const selectionId = await app.records.insert('selection', { name: 'Alle' });
      const ids: string[] = [];
      for (let index = 0; index < 12; index++) {
        const id = await app.records.customer({ email: `person${index}@example.org` });
        await app.records.insert('selection_member', { selection_id: selectionId, customer_id: id });
        if (index < 3) await app.records.insert('care_case', { customer_id: id, status: 'OPEN' });
        ids.push(id);
      }
      const created = await admin.post('/api/v1/anonymization-runs').send({ selectionId }).expect(202);
      const run = `/api/v1/anonymization-runs/${created.body.id}`;
      expect((await finishedRun(admin, created.body.id, 'PREVIEWED')).counts).toMatchObject({
        total: 12,
        ready: 9,
        blocked: 3,
        anonymized: 0,
      });
      const items = (await admin.get(`${run}/items`).expect(200)).body.items;
      expect(items).toHaveLength(12);
      expect(items[0]).toMatchObject({
        customerId: expect.any(String),
        firstName: 'Erika',
        lastName: CANARY,
        effects: expect.any(Array),
      });
      const forCompliance = (await (await app.as('compliance')).get(`${run}/items`).expect(200)).body.items;
      expect(forCompliance[0]).not.toHaveProperty('lastName');

      await admin
        .post(`${run}/start`)
        .send({ ...REASON, confirmation: 12 })
        .expect(422);
      await admin
        .post(`${run}/start`)
        .send({ ...REASON, confirmation: '9' })
        .expect(400);
      const lateMember = await app.records.customer();
      await app.records.insert('selection_member', { selection_id: selectionId, customer_id: lateMember });
      // a ready customer gets blocked after the preview
      await app.records.insert('care_case', { customer_id: ids[11], status: 'OPEN' });
      // a blocked customer becomes ready: it is not touched, because the preview did not call it ready
      await app.sql.query(`UPDATE care_case SET status = 'COMPLETED' WHERE customer_id = $1`, [ids[0]]);
      await admin
        .post(`${run}/start`)
        .send({ ...REASON, confirmation: 9 })
        .expect(202);
      expect((await finishedRun(admin, created.body.id, 'COMPLETED')).counts).toEqual({
        total: 12,
        ready: 0,
        blocked: 4,
        alreadyAnonymized: 0,
        anonymized: 8,
        failed: 0,
        cancelled: 0,
      });
      const { rows } = await app.sql.query(
        `SELECT count(*)::int AS count FROM customer WHERE anonymized_at IS NOT NULL AND id = ANY ($1)`,
        [ids],
      );
      expect(rows).toEqual([{ count: 8 }]);
      const late = await app.sql.query('SELECT anonymized_at FROM customer WHERE id = $1', [lateMember]);
      expect(late.rows).toEqual([{ anonymized_at: null }]);
      expect((await auditOf(ids[11]!)).map(({ action }) => action)).toEqual(['ANONYMIZATION_REFUSED']);
      expect((await auditOf(ids[0]!)).map(({ action }) => action)).toEqual([]);
      await admin
        .post(`${run}/start`)
        .send({ ...REASON, confirmation: 0 })
        .expect(409);

      const again = await admin.post('/api/v1/anonymization-runs').send({ customerIds: ids }).expect(202);
      expect((await finishedRun(admin, again.body.id, 'PREVIEWED')).counts).toMatchObject({
        total: 12,
        alreadyAnonymized: 8,
        blocked: 3,
        ready: 1,
      });
      const actions = await app.sql.query(`SELECT action FROM audit.entry WHERE run_id = $1 ORDER BY id`, [
        created.body.id,
      ]);
      const seen = actions.rows.map(({ action }) => action);
      expect(seen[0]).toBe('ANONYMIZATION_RUN_CREATED');
      expect(seen[1]).toBe('ANONYMIZATION_RUN_STARTED');
      expect(seen.at(-1)).toBe('ANONYMIZATION_RUN_COMPLETED');
      expect(seen.filter((action) => action === 'CUSTOMER_DATA_ANONYMIZED')).toHaveLength(40);
    });

    it('expires: yesterday’s preview says nothing about today', async () => {
      const admin = await app.as('admin');
      const { body } = await admin
        .post('/api/v1/anonymization-runs')
        .send({ customerIds: [await app.records.customer()] })
        .expect(202);
      await finishedRun(admin, body.id, 'PREVIEWED');
      app.clock.set(new Date(Date.now() + 25 * 3_600_000).toISOString());
      const tomorrow = await app.as('admin');
      const response = await tomorrow
        .post(`/api/v1/anonymization-runs/${body.id}/start`)
        .send({ ...REASON, confirmation: 1 });
      expect(response.body).toMatchObject({ status: 409, code: 'PREVIEW_EXPIRED' });
      expect((await tomorrow.get(`/api/v1/anonymization-runs/${body.id}`)).body.state).toBe('EXPIRED');
    });

    it('is not found for an unknown selection or unknown customers', async () => {
      const admin = await app.as('admin');
      expect((await admin.post('/api/v1/anonymization-runs').send({ selectionId: '999999' })).body.code).toBe(
        'SELECTION_NOT_FOUND',
      );
      const unknown = ['0197f5a0-0000-7000-8000-000000000000'];
      expect((await admin.post('/api/v1/anonymization-runs').send({ customerIds: unknown })).body.code).toBe(
        'CUSTOMER_NOT_FOUND',
      );
      expect((await admin.post('/api/v1/anonymization-runs').send({})).body.code).toBe('VALIDATION_FAILED');
      expect(
        (await admin.post('/api/v1/anonymization-runs').send({ selectionId: '1', customerIds: unknown })).body.code,
      ).toBe('VALIDATION_FAILED');
    });

    it('defers a customer locked by another session, and retries', async () => {
      const admin = await app.as('admin');
      const ids = [await app.records.customer(), await app.records.customer()];
      const { body } = await admin.post('/api/v1/anonymization-runs').send({ customerIds: ids }).expect(202);
      await finishedRun(admin, body.id, 'PREVIEWED');
      const holder = await app.database.look();
      await holder.query('BEGIN');
      await holder.query('SELECT FROM customer WHERE id = $1 FOR KEY SHARE', [ids[0]]);
      await admin
        .post(`/api/v1/anonymization-runs/${body.id}/start`)
        .send({ ...REASON, confirmation: 2 })
        .expect(202);
      for (let anonymized = 0; anonymized < 1;)
        anonymized = (await admin.get(`/api/v1/anonymization-runs/${body.id}`)).body.counts.anonymized;
      expect((await admin.get(`/api/v1/anonymization-runs/${body.id}`)).body).toMatchObject({
        state: 'RUNNING',
        counts: { ready: 1, anonymized: 1 },
      });
      await holder.query('ROLLBACK');
      expect((await finishedRun(admin, body.id, 'COMPLETED')).counts).toMatchObject({ anonymized: 2, failed: 0 });
    });
  });
});

describe('the settings', () => {
  it('define how long an invoice is recent', async () => {
    const app = await TestApp.start({ LETHE_RECENT_INVOICE_MONTHS: '24' });
    try {
      app.clock.set('2026-06-15T10:00:00Z');
      const admin = await app.as('admin');
      const [recent, old] = [await app.records.customer(), await app.records.customer()];
      await app.records.paidInvoice(recent, { issued_on: '2024-06-16' });
      await app.records.paidInvoice(old, { issued_on: '2024-06-15' });
      const preview = async (id: string) =>
        (await admin.post(`/api/v1/customers/${id}/anonymization/preview`).expect(200)).body as object;
      expect(await preview(recent)).toMatchObject({ verdict: 'BLOCKED', earliestPossibleOn: '2026-06-16' });
      expect(await preview(old)).toMatchObject({ verdict: 'READY' });
    } finally {
      await app.stop();
    }
  });
});

describe('four eyes', () => {
  it('do not let the creator of a run start it', async () => {
    const app = await TestApp.start({ LETHE_FOUR_EYES: 'true' });
    try {
      const admin = await app.as('admin');
      const { body } = await admin
        .post('/api/v1/anonymization-runs')
        .send({ customerIds: [await app.records.customer()] })
        .expect(202);
      await finishedRun(admin, body.id, 'PREVIEWED');
      const response = await admin
        .post(`/api/v1/anonymization-runs/${body.id}/start`)
        .send({ ...REASON, confirmation: 1 });
      expect(response.body).toMatchObject({ status: 403, code: 'FOUR_EYES_REQUIRED' });
    } finally {
      await app.stop();
    }
  });
});
