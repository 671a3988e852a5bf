import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { EventStream } from '../support/event-stream';
import { finishedRun } from '../support/runs';
import { PASSWORD, TestApp } from '../support/test-app';

const SESSION = '/api/v1/auth/session';
const COOKIE = '__Host-lethe-session';

interface Session {
  readonly employee: { readonly id: string; readonly role: string };
  readonly csrfToken: string;
  readonly idleUntil: string;
  readonly until: string;
}

describe('browser sessions', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());
  afterEach(() => app.clock.set(null));

  interface Browser extends Session {
    readonly cookie: string;
  }

  const begin = (username: string, password = PASSWORD) => app.anonymous().post(SESSION).send({ username, password });

  async function logIn(username = 'admin', password = PASSWORD): Promise<Browser> {
    const { body, headers } = await begin(username, password).expect(200);
    const [cookie] = headers['set-cookie'] as unknown as string[];
    return { ...(body as Session), cookie: cookie!.split(';', 1)[0]! };
  }

  const as = ({ cookie }: Browser): TestAgent => request.agent(app.nest.getHttpServer()).set('Cookie', cookie);
  const writingAs = (browser: Browser): TestAgent => as(browser).set('X-CSRF-Token', browser.csrfToken);
  const isThere = async (browser: Browser): Promise<boolean> => (await as(browser).get(SESSION)).status === 200;
  const later = (minutes: number) => app.clock.set(new Date(Date.now() + minutes * 60_000).toISOString());

  it('are in a cookie that no script and no other page can use', async () => {
    const { headers, body } = await begin('admin').expect(200);
    const [cookie] = headers['set-cookie'] as unknown as string[];
    const [pair, ...attributes] = cookie!.split('; ');
    expect(pair).toMatch(new RegExp(`^${COOKIE}=[\\w-]{43}$`));
    expect(attributes.sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Strict', 'Secure']);
    expect(body).toMatchObject({ employee: { displayName: 'Administrator', role: 'ADMINISTRATOR' } });
    expect(JSON.stringify(body)).not.toContain(pair!.split('=')[1]);
    const { rows } = await app.sql.query<{ row: string }>('SELECT s::text AS row FROM employee_session s');
    expect(rows.map(({ row }) => row).join()).not.toContain(pair!.split('=')[1]);
  });

  it('have a cookie of another name over plain HTTP', async () => {
    const { headers } = await begin('admin').set('Host', 'lethe.example').expect(200);
    const [cookie] = headers['set-cookie'] as unknown as string[];
    expect(cookie).toMatch(/^lethe-session=/);
    expect(cookie).not.toContain('Secure');
  });

  it('show the employee, and allow reading', async () => {
    const browser = await logIn('compliance');
    const { body } = await as(browser).get(SESSION).expect(200);
    expect(body).toMatchObject({ employee: browser.employee, csrfToken: browser.csrfToken });
    await as(browser).get('/api/v1/audit-entries').expect(200);
    await as(browser).get('/api/v1/employees').expect(403);
    await app.anonymous().get(SESSION).expect(401);
    await app
      .anonymous()
      .set('Cookie', `${COOKIE}=${'A'.repeat(43)}`)
      .get(SESSION)
      .expect(401);
  });

  it('are for browsers: a token has none, and takes precedence over a cookie', async () => {
    const admin = await app.as('admin');
    expect((await admin.get(SESSION).expect(401)).body.code).toBe('AUTHENTICATION_REQUIRED');
    const browser = await logIn('admin');
    await as(browser).set('Authorization', 'Bearer nothing').get('/api/v1/employees').expect(401);
  });

  it.each([
    ['without the token', {}],
    ['with a token of another session', { 'X-CSRF-Token': 'A'.repeat(43) }],
    ['from another site', { token: true, 'Sec-Fetch-Site': 'cross-site' }],
    ['from another host of the site', { token: true, 'Sec-Fetch-Site': 'same-site' }],
    ['from another origin', { token: true, Origin: 'https://elsewhere.example' }],
    ['from an unknown origin', { token: true, Origin: 'null' }],
  ])('change nothing %s', async (_, { token, ...headers }: { token?: boolean } & Record<string, unknown>) => {
    const browser = await logIn('employee');
    const agent = token === true ? writingAs(browser) : as(browser);
    const { status, body } = await agent
      .post('/api/v1/selections')
      .set(headers as Record<string, string>)
      .send({ name: 'Liste' });
    expect([status, body.code]).toEqual([403, 'CSRF_TOKEN_INVALID']);
    expect((await app.sql.query('SELECT FROM selection')).rowCount).toBe(0);
  });

  it('may change data with the token', async () => {
    const browser = await logIn('employee');
    const { host } = new URL(app.address);
    await writingAs(browser)
      .post('/api/v1/selections/count')
      .set({ 'Sec-Fetch-Site': 'same-origin', Origin: `http://${host}` })
      .send({})
      .expect(200, { count: 0 });
  });

  it('end at the logout', async () => {
    const browser = await logIn();
    const { headers } = await writingAs(browser).delete(SESSION).expect(204);
    expect((headers['set-cookie'] as unknown as string[])[0]).toContain('Max-Age=0');
    expect(await isThere(browser)).toBe(false);
  });

  it('end after half an hour without activity, and after twelve hours in any case', async () => {
    const idle = await logIn();
    later(31);
    expect(await isThere(idle)).toBe(false);
    app.clock.set(null);
    const busy = await logIn();
    for (let minutes = 25; minutes < 12 * 60; minutes += 25) {
      later(minutes);
      expect(await isThere(busy)).toBe(true);
    }
    later(12 * 60 + 1);
    expect(await isThere(busy)).toBe(false);
  });

  it('end at once for a locked employee, and follow a change of the role', async () => {
    const admin = await app.as('admin');
    const { body } = await admin
      .post('/api/v1/employees')
      .send({ username: 'neu', displayName: 'Neu', role: 'EMPLOYEE', password: PASSWORD })
      .expect(201);
    const browser = await logIn('neu');
    await admin.patch(`/api/v1/employees/${body.id}`).send({ role: 'COMPLIANCE' }).expect(200);
    await as(browser).get('/api/v1/audit-entries').expect(200);
    await admin.patch(`/api/v1/employees/${body.id}`).send({ active: false }).expect(200);
    expect(await isThere(browser)).toBe(false);
    await admin.patch(`/api/v1/employees/${body.id}`).send({ active: true }).expect(200);
    expect(await isThere(browser)).toBe(false);
  });

  it('are invalid while their employee is locked, however it was locked', async () => {
    const browser = await logIn('employee');
    const setActive = (active: boolean) =>
      app.sql.query(`UPDATE employee SET active = $1 WHERE username = 'employee'`, [active]);
    await setActive(false);
    const isThereWhileLocked = await isThere(browser);
    await setActive(true);
    expect([isThereWhileLocked, await isThere(browser)]).toEqual([false, true]);
  });

  it('end with a new password, except the one that changed it', async () => {
    const [mine, other] = [await logIn('employee'), await logIn('employee')];
    const next = 'another horse battery';
    await writingAs(mine).post('/api/v1/auth/password').send({ current: PASSWORD, next }).expect(200);
    expect([await isThere(mine), await isThere(other)]).toEqual([true, false]);
    await writingAs(mine).post('/api/v1/auth/password').send({ current: next, next: PASSWORD }).expect(200);
  });

  it('are ended by a password change with a token, whatever cookie it sends', async () => {
    const browser = await logIn('employee');
    const next = 'another horse battery';
    const { body } = await app
      .anonymous()
      .post('/api/v1/auth/login')
      .send({ username: 'employee', password: PASSWORD });
    const change = await as(browser)
      .post('/api/v1/auth/password')
      .set('Authorization', `Bearer ${body.accessToken}`)
      .send({ current: PASSWORD, next })
      .expect(200);
    expect(await isThere(browser)).toBe(false);
    const back = { current: next, next: PASSWORD };
    await app
      .anonymous()
      .set('Authorization', `Bearer ${change.body.accessToken}`)
      .post('/api/v1/auth/password')
      .send(back)
      .expect(200);
  });

  it('cannot be started by a page of another site', async () => {
    const { status, body, headers } = await begin('admin').set('Origin', 'https://elsewhere.example');
    expect([status, body.code, headers['set-cookie']]).toEqual([403, 'CSRF_TOKEN_INVALID', undefined]);
  });

  it('are refused after too many failures, shared with the other login', async () => {
    for (let guess = 0; guess < 5; guess++) {
      await begin('niemand', 'wrong horse battery').expect(401);
      await app.anonymous().post('/api/v1/auth/login').send({ username: 'niemand', password: 'wrong' }).expect(401);
    }
    const { body, headers } = await begin('niemand').expect(429);
    expect(body.code).toBe('TOO_MANY_ATTEMPTS');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('are recorded once a minute and deleted after they end', async () => {
    await app.sql.query('DELETE FROM employee_session');
    const browser = await logIn();
    const seen = async () =>
      (await app.sql.query<{ at: Date }>('SELECT last_seen_at AS at FROM employee_session')).rows[0]!.at.getTime();
    const begun = await seen();
    app.clock.set(new Date(begun + 59_000).toISOString());
    expect(await isThere(browser)).toBe(true);
    expect(await seen()).toBe(begun);
    app.clock.set(new Date(begun + 60_000).toISOString());
    expect(await isThere(browser)).toBe(true);
    expect(await seen()).toBe(begun + 60_000);
    later(60);
    await logIn();
    expect((await app.sql.query('SELECT FROM employee_session')).rowCount).toBe(1);
  });

  it('allow downloads, and watching a run until they end', async () => {
    const browser = await logIn();
    const { body: run } = await writingAs(browser)
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: [await app.records.customer()] })
      .expect(202);
    await finishedRun(as(browser), run.id, 'PREVIEWED');
    const report = await as(browser).get(`/api/v1/anonymization-runs/${run.id}/report.csv`).expect(200);
    expect(report.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'cache-control': 'no-store' });
    const { cookie } = browser;
    const stream = await EventStream.openBy<{ id: string }>(app, `/api/v1/anonymization-runs/${run.id}/events`, {
      Cookie: cookie,
    });
    expect(await stream.until(({ id }) => id === run.id)).toBeDefined();
    await writingAs(browser).delete(SESSION).expect(204);
    await stream.rest(); // ends by itself
    expect(await isThere(browser)).toBe(false);
  });

  describe('for irreversible actions', () => {
    const act = (browser: Browser, id: string, confirmation: string) =>
      writingAs(browser)
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation, reason: 'ERASURE_REQUEST' });
    const confirm = (browser: Browser, password = PASSWORD) =>
      writingAs(browser).post(`${SESSION}/confirmation`).send({ password });

    it('require the password again after a while', async () => {
      const id = await app.records.customer({ customer_number: 'K-9001' });
      const browser = await logIn();
      later(6);
      expect((await act(browser, id, 'K-9001').expect(403)).body.code).toBe('REAUTHENTICATION_REQUIRED');
      expect((await confirm(browser, 'wrong horse battery').expect(401)).body.code).toBe('INVALID_CREDENTIALS');
      await act(browser, id, 'K-9001').expect(403);
      await confirm(browser).expect(200);
      expect((await act(browser, id, 'K-9001').expect(200)).body.outcome).toBe('ANONYMIZED');
    });

    it('also require it before a run is started or resumed, and before nothing else', async () => {
      const id = await app.records.customer();
      const browser = await logIn();
      later(6);
      const runs = '/api/v1/anonymization-runs';
      const { body: run } = await writingAs(browser)
        .post(runs)
        .send({ customerIds: [id] })
        .expect(202);
      await finishedRun(as(browser), run.id, 'PREVIEWED');
      const start = () =>
        writingAs(browser).post(`${runs}/${run.id}/start`).send({ confirmation: 1, reason: 'ERASURE_REQUEST' });
      expect((await start().expect(403)).body.code).toBe('REAUTHENTICATION_REQUIRED');
      expect((await writingAs(browser).post(`${runs}/${run.id}/resume`).expect(403)).body.code).toBe(
        'REAUTHENTICATION_REQUIRED',
      );
      await confirm(browser).expect(200);
      await start().expect(202);
      await finishedRun(as(browser), run.id, 'COMPLETED');
      const { rows } = await app.sql.query(`SELECT FROM audit.entry WHERE action = 'ACCESS_REFUSED'
        AND actor_role = 'ADMINISTRATOR'`);
      expect(rows).toEqual([]);
    });

    it('do not apply to a token', async () => {
      const id = await app.records.customer({ customer_number: 'K-9002' });
      const admin = await app.as('admin');
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation: 'K-9002', reason: 'ERASURE_REQUEST' })
        .expect(200);
    });

    it('end after too many guesses', async () => {
      const admin = await app.as('admin');
      await admin
        .post('/api/v1/employees')
        .send({ username: 'opfer', displayName: 'Opfer', role: 'EMPLOYEE', password: PASSWORD })
        .expect(201);
      const browser = await logIn('opfer');
      let status = 401;
      for (let guess = 0; guess < 12 && status === 401 && (await isThere(browser)); guess++)
        ({ status } = await confirm(browser, `guess number ${guess}`));
      expect(status).toBe(429);
      expect(await isThere(browser)).toBe(false);
    });
  });

  it('are audited like any login', async () => {
    await begin('admin', 'wrong horse battery').expect(401);
    await logIn();
    const { rows } = await app.sql.query<{ action: string }>(
      `SELECT action FROM audit.entry WHERE action LIKE 'LOGIN%' ORDER BY id DESC LIMIT 2`,
    );
    expect(rows.map(({ action }) => action)).toEqual(['LOGIN_SUCCEEDED', 'LOGIN_FAILED']);
  });
});
