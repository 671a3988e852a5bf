import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly verdict?: string;
    readonly outcome?: string;
    readonly code?: string;
    readonly warnings?: readonly object[];
    readonly effects: readonly {
      readonly table: string;
      readonly treatment: string;
      readonly rows: number;
      readonly reason?: string;
    }[];
  };
}

const inOneOrder = (effects: readonly object[]) => effects.map((effect) => JSON.stringify(effect)).sort();

/** Names, phone numbers and addresses that a clerk typed into fields meant for other data. */
describe('a record that names its customer', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
  });
  afterAll(() => app?.stop());

  const customer = async (values: Readonly<Record<string, unknown>>) => {
    const id = await app.records.customer({ note: null, email: null, ...values });
    return { id, of: { customer_id: id } };
  };
  const numberOf = async (id: string) =>
    (await app.sql.query<{ number: string }>('SELECT customer_number AS number FROM customer WHERE id = $1', [id]))
      .rows[0]!.number;
  const previewOf = async (id: string): Promise<Answer> =>
    (await app.as('admin')).post(`/api/v1/customers/${id}/anonymization/preview`);
  const anonymize = async (id: string, more: object = {}): Promise<Answer> =>
    (await app.as('admin'))
      .post(`/api/v1/customers/${id}/anonymization`)
      .send({ confirmation: await numberOf(id), reason: 'ERASURE_REQUEST', ...more });
  const valueOf = async (table: string, column: string, recordId: string) =>
    (await app.sql.query<{ value: string }>(`SELECT ${column} AS value FROM ${table} WHERE id = $1`, [recordId]))
      .rows[0]!.value;
  const lineOf = async (invoiceId: string) =>
    (await app.sql.query<{ id: string }>('SELECT id FROM invoice_line WHERE invoice_id = $1', [invoiceId])).rows[0]!.id;
  const isReadyAndDone = async (id: string) => {
    const preview = await previewOf(id);
    expect(preview.body.verdict).toBe('READY');
    const act = await anonymize(id);
    expect([act.status, act.body.outcome]).toEqual([200, 'ANONYMIZED']);
    expect(inOneOrder(act.body.effects)).toEqual(inOneOrder(preview.body.effects));
    return { preview: preview.body, act: act.body };
  };

  it.each([
    ['the full name', 'Hörgerät Kahlenberg Berta rechts', 'Hörgerät [anonymisiert] rechts'],
    ['the last name alone', 'Otoplastik Kahlenberg', 'Otoplastik [anonymisiert]'],
    ['a phone number', 'Leihgerät 0341/5550123', 'Leihgerät [anonymisiert]'],
    ['an e-mail address', 'Etui, berta@web.example', 'Etui, [anonymisiert]'],
    ['nothing of the customer', 'Signia Pure Charge&Go 7X T', 'Signia Pure Charge&Go 7X T'],
  ])('in the article of a device: %s', async (_, article, left) => {
    const { id, of } = await customer({
      first_name: 'Berta',
      last_name: 'Kahlenberg',
      phone: '0341 5550123',
      email: 'berta@web.example',
    });
    const item = await app.records.insert('stock_item', {
      ...of,
      owner: 'CUSTOMER',
      owner_name: 'Berta Kahlenberg',
      article,
    });
    const { act } = await isReadyAndDone(id);
    expect(await valueOf('stock_item', 'article', item)).toBe(left);
    const redacted = act.effects.filter(({ table, treatment }) => table === 'stock_item' && treatment === 'REDACT');
    expect(redacted.map(({ rows }) => rows)).toEqual(article === left ? [] : [1]);
  });

  it('in a note that is the name of a device keeps the books unchanged', async () => {
    const article = 'Signia Pure Charge&Go 7X T';
    const { id, of } = await customer({ first_name: 'Rosa', last_name: 'Ulmenau', note: article });
    const item = await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', article });
    const invoice = await app.records.paidInvoice(id, {}, [{ article, text: article }]);
    const line = await lineOf(invoice);
    await isReadyAndDone(id);
    expect(await valueOf('stock_item', 'article', item)).toBe(article);
    expect(await valueOf('invoice_line', 'article', line)).toBe(article);
    expect(await valueOf('invoice_line', 'text', line)).toBe(article);
  });

  it('in the number of a care case or contract gets a random number', async () => {
    const { id, of } = await customer({ first_name: 'Hans', last_name: 'Lindacker', mobile: '+49 171 9876543' });
    const named = await app.records.insert('care_case', { ...of, number: 'V Hans Lindacker 1' });
    const called = await app.records.insert('care_case', { ...of, number: 'V-0171/9876543' });
    const plain = await app.records.insert('care_case', { ...of, number: 'V-2020-17' });
    const contract = await app.records.insert('service_contract', { ...of, number: 'W-LINDACKER' });
    const invoice = await app.records.paidInvoice(id, { number: 'R-2020-99', care_case_id: named });
    const { preview, act } = await isReadyAndDone(id);
    const numbers = [
      await valueOf('care_case', 'number', named),
      await valueOf('care_case', 'number', called),
      await valueOf('service_contract', 'number', contract),
    ];
    expect(new Set(numbers).size).toBe(3);
    for (const number of numbers) expect(number).toMatch(/^[b-z]{20}$/);
    expect(await valueOf('care_case', 'number', plain)).toBe('V-2020-17');
    expect(await valueOf('invoice', 'care_case_id', invoice)).toBe(named);
    expect(preview.warnings).toEqual([
      expect.objectContaining({ code: 'FISCAL_RETENTION' }),
      expect.objectContaining({ code: 'DEVICE_RETENTION', count: 3 }),
    ]);
    expect(act.effects).toEqual(
      expect.arrayContaining([
        { module: 'device', table: 'care_case', treatment: 'REPLACE', rows: 2 },
        { module: 'finance', table: 'service_contract', treatment: 'REPLACE', rows: 1 },
      ]),
    );
  });

  it('in a number that was given to others stays, with a warning that shows the record and no number', async () => {
    const { id, of } = await customer({
      customer_number: 'K-REHBEINSEN',
      first_name: 'Olga',
      last_name: 'Rehbeinsen',
      phone: '0711 482133',
    });
    const serialNumber = { serial_number: 'SN Rehbeinsen' };
    const invoice = await app.records.paidInvoice(id, { number: 'RE-REHBEINSEN-OLGA-2019' }, [serialNumber]);
    const line = await lineOf(invoice);
    const note = await app.records.invoice(id, { number: 'GU-Rehbeinsen', kind: 'CREDIT_NOTE', gross: 11900 });
    await app.records.insert('payment', { ...of, invoice_id: note, kind: 'REFUND', amount: 11900 });
    const quote = await app.records.insert('quote', { ...of, number: 'A-0711-482133' });
    const receipt = await app.records.insert('receipt', { ...of, number: 'olga rehbeinsen' });
    const draft = await app.records.insert('invoice', { ...of, number: 'E-Rehbeinsen', status: 'DRAFT' });
    const device = await app.records.insert('stock_item', { ...of, owner: 'CUSTOMER', serial_number: 'X-REHBEINSEN' });
    const { preview, act } = await isReadyAndDone(id);

    const warnings = preview.warnings!.filter(
      (warning) => (warning as { code: string }).code === 'PERSONAL_VALUE_IN_NUMBER',
    ) as { module: string; count: number; records: object[] }[];
    expect(warnings.map(({ module, count }) => [module, count])).toEqual(
      expect.arrayContaining([
        ['finance', 5],
        ['device', 1],
        ['customer', 1],
      ]),
    );
    expect(warnings.flatMap(({ records }) => records)).toEqual(
      expect.arrayContaining([
        { recordType: 'INVOICE', recordId: invoice },
        { recordType: 'CREDIT_NOTE', recordId: note },
        { recordType: 'INVOICE_LINE', recordId: line },
        { recordType: 'QUOTE', recordId: quote },
        { recordType: 'RECEIPT', recordId: receipt },
        { recordType: 'STOCK_ITEM', recordId: device },
        { recordType: 'CUSTOMER', recordId: id },
      ]),
    );
    expect(warnings.flatMap(({ records }) => records)).not.toContainEqual(expect.objectContaining({ recordId: draft }));
    expect(JSON.stringify(preview).toLowerCase()).not.toContain('olga');
    expect(await valueOf('invoice', 'number', invoice)).toBe('RE-REHBEINSEN-OLGA-2019');
    expect(await valueOf('quote', 'number', quote)).toBe('A-0711-482133');
    const listed = act.effects.filter(({ reason }) => reason?.startsWith('number that was given out') === true);
    expect(listed.map(({ table, treatment, rows }) => [table, treatment, rows])).toEqual(
      expect.arrayContaining([
        ['invoice', 'KEEP', 2],
        ['invoice_line', 'KEEP', 1],
        ['quote', 'KEEP', 1],
        ['receipt', 'KEEP', 1],
        ['stock_item', 'KEEP', 1],
        ['customer', 'KEEP', 1],
      ]),
    );
  });

  it('in the reason code of a hold is redacted, and refused for a new one', async () => {
    const { id, of } = await customer({ first_name: 'Ida', last_name: 'Tannhofer' });
    const hold = await app.records.insert('legal_hold', {
      ...of,
      reason_code: 'STREIT_TANNHOFER_IDA',
      lifted_at: '2020-02-01T09:00Z',
    });
    const refused = await (
      await app.as('compliance')
    )
      .post(`/api/v1/customers/${id}/legal-hold`)
      .send({ reasonCode: 'STREIT_TANNHOFER' })
      .expect(400);
    expect(refused.body).toMatchObject({ errors: [{ field: 'reasonCode', code: 'NAMES_CUSTOMER' }] });
    await isReadyAndDone(id);
    expect(await valueOf('legal_hold', 'reason_code', hold)).toBe('STREIT_[anonymisiert]');
  });

  it('is erased from the blockers that an earlier run and the worklist have stored', async () => {
    const runs = new ManualRuns(app);
    const { id, of } = await customer({ first_name: 'Emil', last_name: 'Quastenberg' });
    const open = await app.records.insert('care_case', { ...of, number: 'V-QUASTENBERG', status: 'OPEN' });
    await app.records.insert('care_case', { ...of, number: 'V-77', status: 'OPEN' });
    const runId = await runs.create({ customerIds: [id] });
    await runs.workOff();
    const stored = async () =>
      (
        await app.sql.query<{ number: string | null }>(
          `SELECT blocker ->> 'recordNumber' AS number FROM (
             SELECT blockers FROM anonymization_run_item WHERE run_id = $1
             UNION ALL SELECT blockers FROM blocked_customer WHERE customer_id = $2) AS stored,
             json_array_elements(blockers) AS blocker ORDER BY 1`,
          [runId, id],
        )
      ).rows.map(({ number }) => number);
    await app.sql.query(
      `INSERT INTO blocked_customer (customer_id, blockers) SELECT customer_id, blockers FROM anonymization_run_item WHERE run_id = $1`,
      [runId],
    );
    expect(await stored()).toEqual(['V-77', 'V-77', 'V-QUASTENBERG', 'V-QUASTENBERG']);
    await app.sql.query(`UPDATE care_case SET status = 'COMPLETED' WHERE customer_id = $1`, [id]);
    await isReadyAndDone(id);
    expect(await stored()).toEqual(['V-77', 'V-77', null, null]);
    expect(await valueOf('care_case', 'number', open)).toMatch(/^[b-z]{20}$/);
  });
});

describe('a reference that names a customer', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app?.stop());

  const stored = async () =>
    (
      await app.sql.query<{ count: number }>(
        `SELECT (SELECT count(*) FROM audit.entry WHERE canonical ~* 'aktenzeich')
           + (SELECT count(*) FROM anonymization_run WHERE reference ~* 'aktenzeich') AS count`,
      )
    ).rows[0]!.count;
  const names = { first_name: 'Erika', last_name: 'Aktenzeich', phone: '0341 5550123', note: null, email: null };

  it.each(['AKTENZEICH-ERIKA', 'T-17-AKTENZEICH', 'ERIKAAKTENZEICH', '0341-5550123'])(
    'is refused for one customer, and nothing is stored: %s',
    async (reference) => {
      const id = await app.records.customer({ ...names, customer_number: `E-${reference.length}-${Date.now()}` });
      const { rows } = await app.sql.query<{ number: string }>(
        'SELECT customer_number AS number FROM customer WHERE id = $1',
        [id],
      );
      const act = (more: object) => ({ confirmation: rows[0]!.number, reason: 'ERASURE_REQUEST', ...more });
      const admin = await app.as('admin');
      const refused = await admin.post(`/api/v1/customers/${id}/anonymization`).send(act({ reference }));
      expect([refused.status, refused.body.code]).toEqual([422, 'REFERENCE_NAMES_CUSTOMER']);
      expect(JSON.stringify(refused.body)).not.toContain(reference);
      expect(Number(await stored())).toBe(0);
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send(act({ reference: 'T-17' }))
        .expect(200);
    },
  );

  it('is refused for a run, also with a former name or another spelling, and nothing is stored', async () => {
    const members = [
      await app.records.customer({ ...names, last_name: 'Neumann' }),
      await app.records.customer({ ...names, first_name: 'Jörg', last_name: 'Müller-Weiß' }),
      await app.records.customer({
        first_name: null,
        last_name: null,
        company_name: 'Café Abendrot',
        email: null,
        note: null,
      }),
    ];
    await app.records.insert('former_identity', { customer_id: members[0], last_name: 'Aktenzeich' });
    const id = await runs.create({ customerIds: members });
    await runs.workOff();
    const start = (reference: string) =>
      runs.act(id, 'start', { confirmation: 3, reason: 'ERASURE_REQUEST', reference });
    for (const reference of [
      'AKTENZEICH-ERIKA',
      'X-AKTENZEICH',
      'X-NEUMANN',
      'MUELLER',
      'MULLER-1',
      'WEISS',
      'JOERG',
      'ERIKANEUMANN',
      'CAFE-ABENDROT',
    ]) {
      const { status, body } = await start(reference);
      expect([reference, status, body.code]).toEqual([reference, 422, 'REFERENCE_NAMES_CUSTOMER']);
    }
    expect(Number(await stored())).toBe(0);
    expect((await runs.get(id)).state).toBe('PREVIEWED');
    expect((await start('DSGVO-2026-17')).status).toBe(202);
    await runs.workOff();
  });

  it('is allowed when it names a customer outside the run', async () => {
    await app.records.customer({ ...names, last_name: 'Bergmannshofer' });
    const id = await runs.create({ customerIds: [await app.records.customer({ ...names, last_name: 'Ottenhain' })] });
    await runs.workOff();
    const { status } = await runs.act(id, 'start', {
      confirmation: 1,
      reason: 'ERASURE_REQUEST',
      reference: 'BERGMANNSHOFER-1',
    });
    expect(status).toBe(202);
    await runs.workOff();
  });

  it('a selection whose name contains a member’s name is reported before the run, for the run and the member', async () => {
    const named = await app.records.customer({ ...names, first_name: 'Wilhelmine', last_name: 'Auffaellig' });
    const other = await app.records.customer({ ...names, last_name: 'Ottenhain' });
    const selection = await app.records.insert('selection', { name: 'Geburtstag Wilhelmine Auffaellig 90' });
    for (const customer_id of [named, other])
      await app.records.insert('selection_member', { selection_id: selection, customer_id });
    const id = await runs.create({ selectionId: selection });
    await runs.workOff();
    const code = 'PERSONAL_VALUE_IN_SELECTION_NAME';
    expect((await runs.get(id)).warnings).toEqual([{ code, module: 'selection', count: 1 }]);
    const admin = await app.as('admin');
    const { body } = await admin.get(`/api/v1/anonymization-runs/${id}/items`).expect(200);
    const warned = (body as { items: { customerId: string; warnings: { code: string }[] }[] }).items.map(
      ({ customerId, warnings }) => [customerId, warnings.filter((warning) => warning.code === code)],
    );
    expect(Object.fromEntries(warned)).toEqual({
      [named]: [{ code, module: 'selection', count: 1, records: [{ recordType: 'SELECTION', recordId: selection }] }],
      [other]: [],
    });
  });

  it.each([
    ['Stammkunde Kraemer', 'Krämer', 1],
    ['Stammkunde Krämer', 'Kra\u0308mer', 1],
    ['Stammkunde Maeer', 'Maeer', 1],
    ['NGUYEN 2026', 'Nguyễn', 1],
    ['Familie Ħasan', 'Ħasan', 1],
    ['Андрей', 'Андрей', 1],
    ['Παπαδόπουλος', 'Παπαδόπουλος', 1],
    ['Sohn', 'Krüger+Sohn', 1],
    ['Kraemerei', 'Krämer', 0],
    ['Frist (a⑴b|x) [x\\m', 'Abend', 0],
  ])('a selection called %s names a member called %s: %i', async (name, last_name, count) => {
    const selection = await app.records.insert('selection', { name });
    const member = await app.records.customer({ ...names, first_name: 'Xaver', last_name });
    await app.records.insert('selection_member', { selection_id: selection, customer_id: member });
    const id = await runs.create({ selectionId: selection });
    await runs.workOff();
    const { warnings } = await runs.get(id);
    expect(warnings).toEqual(
      count === 0 ? [] : [{ code: 'PERSONAL_VALUE_IN_SELECTION_NAME', module: 'selection', count }],
    );
  });
});
