import { setTimeout as delay } from 'node:timers/promises';
import { RunQueries } from '../../src/modules/runs/views/run-queries';
import type { RunResponse } from '../../src/modules/runs/views/run.response';
import { EventStream } from '../support/event-stream';
import { ManualRuns } from '../support/runs';
import { PASSWORD, TestApp } from '../support/test-app';

/** Longer than two polls of the database. */
const A_WHILE_MS = 2_500;

describe('events of a run', () => {
  let app: TestApp;
  let runs: ManualRuns;

  beforeAll(async () => {
    app = await TestApp.start({ LETHE_WORKERS: '0' });
    runs = new ManualRuns(app);
  });
  afterAll(() => app.stop());
  afterEach(() => {
    app.clock.set(null);
    jest.restoreAllMocks();
  });

  const tokenOf = async (username: string, password = PASSWORD): Promise<string> => {
    const { body } = await app.anonymous().post('/api/v1/auth/login').send({ username, password }).expect(200);
    return body.accessToken as string;
  };
  const watch = async (id: string, token?: string) =>
    EventStream.open<RunResponse>(app, `/api/v1/anonymization-runs/${id}/events`, token ?? (await tokenOf('admin')));
  const previewed = async () => {
    const id = await runs.ofCustomers(2);
    await runs.work();
    return id;
  };
  let spectators = 0;
  const newSpectator = async () => {
    const username = `spectator${++spectators}`;
    const admin = await app.as('admin');
    const body = { username, displayName: 'Zuschauer', role: 'ADMINISTRATOR', password: 'lange-genug-7' };
    const created = await admin.post('/api/v1/employees').send(body).expect(201);
    return { id: created.body.id as string, token: await tokenOf(username, body.password) };
  };

  it('report the run from its first state to its last, and then end', async () => {
    const id = await runs.ofCustomers(2);
    const stream = await watch(id);
    expect(stream.response.status).toBe(200);
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    expect(await stream.next()).toEqual({ event: 'run', data: await runs.get(id) });
    await runs.work();
    await stream.until(({ state }) => state === 'PREVIEWED');
    expect(await stream.next()).toBeNull(); // the connection stays open without changes
    await runs.start(id, 2);
    await stream.until(({ state }) => state === 'RUNNING');
    await runs.act(id, 'pause');
    await stream.until(({ state }) => state === 'PAUSED');
    await runs.act(id, 'resume');
    await runs.workOff();
    const rest = (await stream.rest()).filter((received) => received !== null);
    expect(rest.at(-1)).toEqual({ event: 'run', data: await runs.get(id) });
    expect(rest.at(-1)!.data).toMatchObject({ state: 'COMPLETED', counts: { anonymized: 2 } });
  });

  it('of a run that has ended contain only its last state', async () => {
    const id = await previewed();
    await runs.act(id, 'cancel');
    await runs.work();
    expect(await (await watch(id)).rest()).toEqual([{ event: 'run', data: await runs.get(id) }]);
  });

  it('are repeated while it works, whether or not anything has changed', async () => {
    const id = await previewed();
    await runs.start(id, 2);
    const stream = await watch(id);
    for (let count = 0; count < 3; count++)
      expect(await stream.next()).toMatchObject({ event: 'run', data: { id, state: 'RUNNING', counts: { ready: 2 } } });
    stream.close();
  });

  it('report when a preview expires', async () => {
    const id = await previewed();
    app.clock.set(new Date(Date.now() + 23 * 3_600_000).toISOString());
    const stream = await watch(id);
    expect((await stream.next())!.data.state).toBe('PREVIEWED');
    app.clock.set(new Date(Date.now() + 25 * 3_600_000).toISOString());
    expect((await stream.rest()).at(-1)).toMatchObject({ data: { state: 'EXPIRED' } });
  });

  it('of an unknown run are a problem', async () => {
    const { response } = await watch('0197f5a0-0000-7000-8000-000000000000');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    expect(await response.json()).toMatchObject({ code: 'ANONYMIZATION_RUN_NOT_FOUND' });
  });

  it('have no body for HEAD', async () => {
    await (await app.as('admin')).head(`/api/v1/anonymization-runs/${await previewed()}/events`).expect(200, undefined);
  });

  it('cost one poll of the database for any number of clients, and none without clients', async () => {
    const id = await previewed();
    await runs.start(id, 2);
    const streams = await Promise.all(Array.from({ length: 10 }, () => watch(id)));
    const looks = jest.spyOn(app.nest.get(RunQueries), 'get');
    const began = performance.now();
    for (let count = 0; count < 3; count++) await Promise.all(streams.map((stream) => stream.next()));
    // each poll begins a second after the first client asks; later clients share it
    const seconds = Math.floor((performance.now() - began) / 1_000);
    expect(looks.mock.calls.length).toBeLessThanOrEqual(seconds + 1);
    for (const stream of streams) stream.close();
    // one more poll may follow before the server knows that the last client has left
    for (let before = -1; before !== looks.mock.calls.length; await delay(A_WHILE_MS)) before = looks.mock.calls.length;
  });

  describe('end', () => {
    it('when the employee is locked', async () => {
      const { id: employeeId, token } = await newSpectator();
      const stream = await watch(await previewed(), token);
      await stream.next();
      await (await app.as('admin')).patch(`/api/v1/employees/${employeeId}`).send({ active: false }).expect(200);
      await stream.rest();
    });

    it('when the employee’s role changes', async () => {
      const { id: employeeId, token } = await newSpectator();
      const stream = await watch(await previewed(), token);
      await stream.next();
      await (await app.as('admin')).patch(`/api/v1/employees/${employeeId}`).send({ role: 'EMPLOYEE' }).expect(200);
      await stream.rest();
    });

    it('when the token expires', async () => {
      const id = await previewed();
      const stream = await watch(id);
      await stream.next();
      app.clock.set(new Date(Date.now() + 9 * 3_600_000).toISOString());
      await stream.rest();
      expect((await runs.get(id)).state).toBe('PREVIEWED');
    });

    it('when the database fails, for all clients; the next ones are served', async () => {
      const id = await previewed();
      const streams = [await watch(id), await watch(id)];
      for (const stream of streams) await stream.next();
      jest.spyOn(app.nest.get(RunQueries), 'stateOf').mockRejectedValueOnce(new Error('Connection terminated'));
      for (const stream of streams) await expect(stream.rest()).rejects.toThrow('terminated');
      const next = await watch(id);
      expect(await next.next()).toMatchObject({ data: { id } });
      expect(await next.next()).toBeNull();
      next.close();
    });
  });
});

it('the events of a run end when the product stops', async () => {
  const app = await TestApp.start({ LETHE_WORKERS: '0' });
  const id = await new ManualRuns(app).ofCustomers(1);
  const { body } = await app.anonymous().post('/api/v1/auth/login').send({ username: 'admin', password: PASSWORD });
  const stream = await EventStream.open(app, `/api/v1/anonymization-runs/${id}/events`, body.accessToken as string);
  await stream.next();
  const rest = stream.rest();
  await app.stop();
  await rest; // a broken connection would reject
});
