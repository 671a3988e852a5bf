import { LogVerification } from '../../src/modules/audit';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { ManualRuns } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

const TOKEN = 'machine-0123456789abcdef';
const URL = '/api/v1/metrics';

describe('GET /metrics', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_METRICS_TOKEN: TOKEN, LETHE_WORKERS: '0' });
  });

  afterAll(() => app.stop());

  const scrape = async (): Promise<string> =>
    (await app.anonymous().get(URL).set('Authorization', `Bearer ${TOKEN}`).expect(200)).text;

  /** Values by series, such as `lethe_runs{kind="SELECTION",state="RUNNING"}`. */
  async function series(): Promise<Map<string, number>> {
    const lines = (await scrape()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
    );
  }

  it('is text in the Prometheus format', async () => {
    const { text, headers } = await app.anonymous().get(URL).set('Authorization', `Bearer ${TOKEN}`).expect(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    const metric = '[a-z_][a-z0-9_]*';
    const label = `${metric}="[^"\\\\\\n]*"`;
    const form = new RegExp(
      `^(# HELP ${metric} .+\\.|# TYPE ${metric} (counter|gauge|histogram)|${metric}(\\{${label}(,${label})*\\})? (\\+Inf|-?[0-9.e+-]+))$`,
    );
    expect(text.endsWith('\n')).toBe(true);
    const lines = text.split('\n').filter((line) => line !== '');
    expect(lines.filter((line) => !form.test(line))).toEqual([]);
    const types = lines.filter((line) => line.startsWith('# TYPE'));
    expect(new Set(types).size).toBe(types.length);
    const names = lines.filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')));
    expect(new Set(names).size).toBe(names.length);
  });

  it('every source can be read', async () => {
    const found = await series();
    for (const source of ['health', 'runs', 'audit_log', 'audit_verification', 'http', 'database', 'process'])
      expect([source, found.get(`lethe_metrics_readable{source="${source}"}`)]).toEqual([source, 1]);
    for (const name of ['process_resident_memory_bytes', 'nodejs_heap_size_used_bytes', 'process_start_time_seconds'])
      expect(found.get(name)).toBeGreaterThan(1_000_000);
    expect([...found.keys()]).toEqual(
      expect.arrayContaining(['nodejs_eventloop_lag_p99_seconds', 'lethe_database_connections{state="in_use"}']),
    );
  });

  it('is refused to everyone without its token', async () => {
    const refused = await app.anonymous().get(URL).expect(401);
    expect(refused.body).toMatchObject({ code: 'AUTHENTICATION_REQUIRED' });
    expect(refused.headers['www-authenticate']).toBe('Bearer');
    await app.anonymous().get(URL).set('Authorization', `Bearer ${TOKEN}x`).expect(401);
    await (await app.as('admin')).get(URL).expect(401);
    await (await app.as('compliance')).get(URL).expect(401);
  });

  it('does not exist if no token is set', async () => {
    const other = await TestApp.start();
    const { body } = await other.anonymous().get(URL).set('Authorization', `Bearer ${TOKEN}`).expect(404);
    expect(body).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    await (await other.as('admin')).get(URL).expect(404);
    await other.stop();
  });

  it('counts requests by the pattern of their route', async () => {
    const name = (status: number) =>
      `lethe_http_requests_total{method="GET",route="/api/v1/customers/:id",status="${status}"}`;
    const before = (await series()).get(name(200)) ?? 0;
    const customerId = await app.records.customer();
    const admin = await app.as('admin');
    for (let i = 0; i < 3; i++) await admin.get(`/api/v1/customers/${customerId}`).expect(200);
    await admin.get(`/api/v1/customers/00000000-0000-7000-8000-000000000000`).expect(404);
    await admin.get('/api/v1/erika-beispiel').expect(404);

    const found = await series();
    expect(found.get(name(200))).toBe(before + 3);
    expect(found.get(name(404))).toBe(1);
    expect(found.get('lethe_http_requests_total{method="GET",route="UNMATCHED",status="404"}')).toBe(1);
    const labels = 'method="GET",route="/api/v1/customers/:id"';
    expect(found.get(`lethe_http_request_duration_seconds_count{${labels}}`)).toBe(before + 4);
    expect(found.get(`lethe_http_request_duration_seconds_bucket{le="+Inf",${labels}}`)).toBe(before + 4);
    const buckets = [...found].filter(
      ([key]) => key.startsWith('lethe_http_request_duration_seconds_bucket{') && key.endsWith(`,${labels}}`),
    );
    expect(buckets).toHaveLength(12);
    const counts = buckets.map(([, count]) => count);
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
  });

  it('shows the signals of health, even if nothing else is served', async () => {
    const signals = app.nest.get(HealthSignals);
    signals.fault('LEDGER_LOST');
    signals.warn('AUDIT_VERIFICATION_FAILED');
    await (await app.as('admin').catch(() => app.anonymous())).get('/api/v1/auth/me').expect(503);
    const during = await series();
    signals.fault('LEDGER_LOST', false);
    signals.warn('AUDIT_VERIFICATION_FAILED', false);
    const after = await series();

    const codes = ['lethe_fault{code="LEDGER_LOST"}', 'lethe_warning{code="AUDIT_VERIFICATION_FAILED"}'];
    expect(codes.map((code) => during.get(code))).toEqual([1, 1]);
    expect(codes.map((code) => after.get(code))).toEqual([0, 0]);
  });

  it('tracks a run, by ids and codes', async () => {
    const runs = new ManualRuns(app);
    const run = await runs.ofCustomers(3);
    await runs.workOff();
    await runs.start(run, 3);
    const started = await series();
    expect(started.get('lethe_runs{kind="SELECTION",state="RUNNING"}')).toBe(1);
    expect(started.get(`lethe_run_customers{run="${run}",state="READY"}`)).toBe(3);
    expect(started.get(`lethe_run_progress_age_seconds{run="${run}"}`)).toBeGreaterThanOrEqual(0);
    expect([...started.keys()]).toContain(`lethe_run_customers_per_second{run="${run}"}`);

    await runs.workOff();
    const ended = await series();
    expect(ended.get('lethe_runs{kind="SELECTION",state="COMPLETED"}')).toBe(1);
    expect([...ended.keys()].filter((key) => key.includes(run))).toEqual([]);
  });

  it('tracks the log up to its newest checkpoint', async () => {
    await (await app.as('compliance')).post('/api/v1/anonymization-runs').send({}).expect(403); // the refusal is audited
    const entries = await count('SELECT count(*) AS n FROM audit.entry');
    const isCovered = (found: Map<string, number>) => found.get('lethe_audit_checkpoint_entries') === entries;
    let found = await series();
    await until('the log is covered', async () => isCovered((found = await series())));

    expect(found.get('lethe_audit_checkpoint_entries')).toBe(entries);
    expect(found.get('lethe_audit_log_entries')).toBe(entries);
    expect(found.get('lethe_audit_pending_entries')).toBe(0);
    app.clock.set(new Date(Date.now() + 3_600_000).toISOString());
    const age = (await series()).get('lethe_audit_checkpoint_age_seconds')!;
    app.clock.set(null);
    expect(Math.round(age / 360)).toBe(10);
  });

  it('reports the result of the newest verification', async () => {
    const verification = app.nest.get(LogVerification);
    await verification.verify();
    const found = await series();
    expect(found.get('lethe_audit_verification_valid')).toBe(1);
    expect(found.get('lethe_audit_verification_age_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('contains no personal data', async () => {
    await app.records.insert('branch', { code: 'STR-01', name: 'Stuttgart' });
    const { body } = await (
      await app.as('admin')
    )
      .post('/api/v1/customers')
      .send({
        lastName: 'Zwiebelfisch',
        firstName: 'Kunigunde',
        email: 'kunigunde@zwiebelfisch.example',
        customerNumber: 'K-4711',
        branchCode: 'STR-01',
        status: 'ACTIVE',
      })
      .expect(201);
    await (await app.as('admin')).post('/api/v1/customers/search').send({ search: 'Zwiebelfisch' }).expect(200);
    await app.anonymous().post('/api/v1/auth/login').send({ username: 'zwiebelfisch', password: 'x' }).expect(401);
    await (await app.as('admin')).get('/api/v1/customers/by-number/Zwiebelfisch?q=kunigunde').expect(404);
    await (await app.as('admin')).get(`/api/v1/customers/${(body as { id: string }).id}`).expect(200);
    expect(await scrape()).not.toMatch(/zwiebelfisch|kunigunde|Administrator|Mitarbeiter/i);
  });

  const count = async (sql: string): Promise<number> => Number((await app.sql.query<{ n: string }>(sql)).rows[0]!.n);
});
