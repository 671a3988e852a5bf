import { randomUUID } from 'node:crypto';
import type { Blocker } from '../../src/kernel/blocker';
import type { RunItemResponse } from '../../src/modules/runs/views/run.response';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';

const HEADER = 'customerNumber,customerId,state,failureCode,blockers,earliestPossibleOn,failure';

describe('the customers of a run', () => {
  let app: TestApp;
  let runs: ManualRuns;
  let ready: FullCustomer;
  let waiting: FullCustomer;
  let stopped: FullCustomer;
  let runId: string;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
    app.clock.set('2026-06-15T10:00:00Z');
    ready = await fullCustomer(app.sql, 'Bereita');
    waiting = await fullCustomer(app.sql, 'Wartea');
    await app.records.paidInvoice(waiting.id, { number: 'R-jung', issued_on: '2026-06-01' });
    await app.records.insert('service_contract', { customer_id: waiting.id, number: 'W-lang', ends_on: '2027-12-31' });
    stopped = await fullCustomer(app.sql, 'Gestoppta');
    await app.records.insert('invoice', { customer_id: stopped.id, number: 'R-offen', issued_on: '2021-01-01' });
    await app.records.paidInvoice(stopped.id, { number: 'R-neu', issued_on: '2026-06-01' });
    runId = await runs.create({ customerIds: [ready.id, waiting.id, stopped.id] });
  });
  afterAll(() => app.stop());

  const reportOf = async (id: string, login: 'admin' | 'compliance' = 'compliance') =>
    (await app.as(login)).get(`/api/v1/anonymization-runs/${id}/report.csv`);
  const itemsOf = async (query: string): Promise<RunItemResponse[]> =>
    (await (await app.as('admin')).get(`/api/v1/anonymization-runs/${runId}/items?${query}`).expect(200)).body.items;
  const expectNothingPersonal = (text: string) => {
    for (const { tokens } of [ready, waiting, stopped]) for (const token of tokens) expect(text).not.toContain(token);
  };

  it('cannot be reported while they are being checked', async () => {
    expect((await reportOf(runId)).body).toMatchObject({
      status: 409,
      code: 'RUN_STATE_CONFLICT',
      state: 'PREVIEWING',
    });
    expect((await reportOf(randomUUID())).body).toMatchObject({ status: 404, code: 'ANONYMIZATION_RUN_NOT_FOUND' });
    await runs.work();
  });

  it('are reported with their verdicts before the run, with every reason and its end, and without personal data', async () => {
    const { status, type, text } = await reportOf(runId);
    expect([status, type]).toEqual([200, 'text/csv']);
    expect(text.trimEnd().split('\n')).toEqual([
      HEADER,
      `${ready.customerNumber},${ready.id},READY,,,,`,
      `${waiting.customerNumber},${waiting.id},BLOCKED,,RECENT_INVOICE R-jung 2026-12-01; RUNNING_SERVICE_CONTRACT W-lang 2028-01-01,2028-01-01,`,
      `${stopped.customerNumber},${stopped.id},BLOCKED,,UNPAID_INVOICE R-offen; RECENT_INVOICE R-neu 2026-12-01,,`,
    ]);
    expectNothingPersonal(text);
  });

  it('are filtered by blocker, with the day of the next attempt', async () => {
    const codes = (items: RunItemResponse[]) => items.map(({ customerId }) => customerId);
    expect(codes(await itemsOf('blocker=RECENT_INVOICE'))).toEqual([waiting.id, stopped.id]);
    expect(codes(await itemsOf('blocker=UNPAID_INVOICE'))).toEqual([stopped.id]);
    expect(codes(await itemsOf('blocker=UNPAID_INVOICE&state=BLOCKED'))).toEqual([stopped.id]);
    expect(await itemsOf('blocker=UNPAID_INVOICE&state=READY')).toEqual([]);
    expect(await itemsOf('blocker=LEGAL_HOLD')).toEqual([]);
    expect((await itemsOf('')).map(({ customerId, earliestPossibleOn }) => [customerId, earliestPossibleOn])).toEqual([
      [ready.id, null],
      [waiting.id, '2028-01-01'],
      [stopped.id, null],
    ]);
    const refused = await (await app.as('admin')).get(`/api/v1/anonymization-runs/${runId}/items?blocker=NONE`);
    expect(refused.body).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', errors: [{ field: 'blocker' }] });
  });

  it('are filtered by blocker page by page', async () => {
    const admin = await app.as('admin');
    const path = `/api/v1/anonymization-runs/${runId}/items?blocker=RECENT_INVOICE&limit=1`;
    const first = await admin.get(path).expect(200);
    expect(first.body.items.map(({ customerId }: RunItemResponse) => customerId)).toEqual([waiting.id]);
    const second = await admin.get(`${path}&cursor=${first.body.nextCursor}`).expect(200);
    expect(second.body.items.map(({ customerId }: RunItemResponse) => customerId)).toEqual([stopped.id]);
    expect(second.body.nextCursor).toBeNull();
  });

  it('are in the final report, including the check under lock', async () => {
    const late = await app.records.customer({ customer_number: 'K-Spaet' });
    const id = await runs.create({ customerIds: [ready.id, late] });
    await runs.work();
    await runs.start(id, 2);
    await app.records.insert('care_case', { customer_id: late, status: 'OPEN', number: 'V-neu' });
    while (await runs.work());
    await runs.work();
    const { text } = await reportOf(id, 'admin');
    expect(text.trimEnd().split('\n')).toEqual([
      HEADER,
      `${ready.customerNumber},${ready.id},ANONYMIZED,,,,`,
      `K-Spaet,${late},BLOCKED,,OPEN_CARE_CASE V-neu,,`,
    ]);
    expectNothingPersonal(text);
    const items = await (await app.as('admin')).get(`/api/v1/anonymization-runs/${id}/items?blocker=OPEN_CARE_CASE`);
    expect(items.body.items.map(({ blockers }: { blockers: Blocker[] }) => blockers[0]!.recordNumber)).toEqual([
      'V-neu',
    ]);
  });

  it('are streamed in the report, however many they are', async () => {
    const { rows } = await app.sql.query<{ id: string }>(
      `INSERT INTO anonymization_run (id, kind, state, created_by, created_at)
       VALUES (uuid_v7(), 'SELECTION', 'COMPLETED', uuid_v7(), now()) RETURNING id`,
    );
    await app.sql.query(
      `INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, failure_code)
       SELECT $1, gen_random_uuid(), '=' || n, 'FAILED', 'CUSTOMER_LOCKED' FROM generate_series(1, 2500) AS n`,
      [rows[0]!.id],
    );
    const lines = (await reportOf(rows[0]!.id)).text.trimEnd().split('\n');
    expect(lines).toHaveLength(2501);
    expect(new Set(lines).size).toBe(2501);
    expect(lines[1]).toMatch(/^'=\d+,[0-9a-f-]{36},FAILED,CUSTOMER_LOCKED,,,$/);
  });
});
