import { once } from 'node:events';
import { type AddressInfo, connect, type Socket } from 'node:net';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import {
  MAX_REQUESTS_PER_ADDRESS,
  MAX_REQUESTS_PER_EMPLOYEE,
  MAX_STREAMS_PER_EMPLOYEE,
  MAX_UNREAD_BODIES_PER_CALLER,
} from '../../src/platform/http/request-gate';
import { SESSION_COOKIE } from '../../src/platform/auth/session-cookie';
import { PASSWORD, TestApp } from '../support/test-app';
import { until } from '../support/until';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** An object with this many unknown fields. */
const manyFields = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [n.toString(36), 1]));

const nested = (depth: number): object => (depth === 0 ? {} : { deeper: nested(depth - 1) });

describe('the cost of a request has a ceiling', () => {
  let product: TestApp;
  let admin: TestAgent;

  beforeAll(async () => {
    product = await TestApp.start();
    admin = await product.as('admin');
    await admin.get('/api/v1/auth/me').expect(200); // the gate knows the caller from now on
  });

  afterAll(() => product.stop());

  const anonymous = () => request(product.nest.getHttpServer());

  describe('a body', () => {
    it('of a login is limited, with or without a token', async () => {
      const hostile = manyFields(100_000);
      for (const caller of [anonymous(), admin]) {
        const { body, text } = await caller.post('/api/v1/auth/login').send(hostile).expect(413);
        expect(body.code).toBe('PAYLOAD_TOO_LARGE');
        expect(text.length).toBeLessThan(1_000);
      }
    });

    it.each([
      ['too many fields', manyFields(101), { field: '', code: 'TOO_MANY_FIELDS' }],
      ['too many nested fields', { selectionId: manyFields(101) }, { field: 'selectionId', code: 'TOO_MANY_FIELDS' }],
      ['too many elements', { customerIds: Array(10_001).fill(ID) }, { field: 'customerIds', code: 'ARRAY_MAX_SIZE' }],
      [
        'too many elements in all',
        { customerIds: [Array(9_000).fill(1), Array(9_000).fill(1), Array(9_000).fill(1)] },
        { field: expect.stringMatching(/^customerIds\.\d$/), code: 'TOO_MANY_VALUES' },
      ],
      ['too deep', nested(9), { field: 'deeper.deeper.deeper.deeper.deeper.deeper.deeper.deeper', code: 'TOO_DEEP' }],
    ])('is refused before it is validated: %s', async (_, sent, error) => {
      const { body } = await admin.post('/api/v1/anonymization-runs').send(sent).expect(400);
      expect(body).toMatchObject({ code: 'VALIDATION_FAILED', errors: [error] });
    });

    it('gets at most 20 errors, with shortened fields', async () => {
      const sent = { ...manyFields(60), ['x'.repeat(5_000)]: 1 };
      const { body, text } = await admin.post('/api/v1/customers').send(sent).expect(400);
      expect(body.errors).toHaveLength(20);
      expect(text.length).toBeLessThan(2_000);
      const { body: one } = await admin
        .post('/api/v1/customers/search')
        .send({ ['x'.repeat(5_000)]: 1 })
        .expect(400);
      expect(one.errors.map(({ field }: { field: string }) => field.length)).toEqual([200, 6]);
    });

    it('may list as many customers as a run accepts, each once', async () => {
      const customerIds = Array.from(
        { length: 10_000 },
        (_, n) => `01890a5d-ac96-774b-bcce-${String(n).padStart(12, '0')}`,
      );
      const { body } = await admin
        .post('/api/v1/anonymization-runs')
        .send({ customerIds: [...customerIds.slice(1), customerIds[1]] });
      expect(body.errors).toEqual([{ field: 'customerIds', code: 'ARRAY_UNIQUE' }]);
      const known = await admin.post('/api/v1/anonymization-runs').send({ customerIds });
      expect(known.body.code).toBe('CUSTOMER_NOT_FOUND');
    });
  });

  describe('unfinished requests', () => {
    const sockets: Socket[] = [];

    afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

    /** Sends the head of a login and one byte of its body; resolves with the responses so far. */
    async function halfSent(count: number): Promise<string[]> {
      const { port } = product.nest.getHttpServer().address() as AddressInfo;
      const answers: string[] = [];
      await Promise.all(
        Array.from({ length: count }, async (_, n) => {
          const socket = connect(port, '127.0.0.1');
          sockets.push(socket);
          socket.setEncoding('utf8').on('data', (text: string) => (answers[n] = (answers[n] ?? '') + text));
          socket.on('error', () => undefined);
          await once(socket, 'connect');
          socket.write(
            'POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
          );
        }),
      );
      return answers;
    }

    it('of anonymous clients take no capacity from signed-in employees or from health', async () => {
      const answers = await halfSent(1_050);
      const isRefused = (text: string | undefined) => text?.startsWith('HTTP/1.1 429') === true;
      const tooMany = 1_050 - MAX_UNREAD_BODIES_PER_CALLER;
      await until('the others are refused', () => answers.filter(isRefused).length >= tooMany);

      await admin.get('/api/v1/auth/me').expect(200);
      await admin.post('/api/v1/customers/search').send({ search: 'nobody' }).expect(200);
      await anonymous().get('/api/v1/health/ready').expect(200);
      const refused = answers.filter(isRefused);
      expect(refused).toHaveLength(tooMany);
      expect(refused[0]).toMatch(/\r\nRetry-After: \d+\r\n/);
      expect(refused[0]).toMatch(/\r\nConnection: close\r\n/);
      expect(refused[0]).toContain('"code":"TOO_MANY_REQUESTS"');
    });

    it('free their capacity when the sender disconnects', async () => {
      await halfSent(MAX_UNREAD_BODIES_PER_CALLER);
      let status = 0;
      while (status !== 429) ({ status } = await anonymous().post('/api/v1/auth/login').send({}));
      sockets.splice(0).forEach((socket) => socket.destroy());
      while (status !== 400) ({ status } = await anonymous().post('/api/v1/auth/login').send({}));
    });
  });

  describe('concurrently', () => {
    /** Blocks every request that reads an employee until the work is done. */
    async function whileEmployeesAreLocked<T>(work: () => Promise<T>): Promise<T> {
      await product.sql.query('BEGIN');
      await product.sql.query('LOCK TABLE employee IN ACCESS EXCLUSIVE MODE');
      try {
        return await work();
      } finally {
        await product.sql.query('COMMIT');
      }
    }

    /** Collects status codes in the order of the responses. */
    function noted(
      agent: TestAgent,
      headers: Record<string, string> = {},
    ): { readonly statuses: number[]; send(): Promise<void> } {
      const statuses: number[] = [];
      const send = async () => {
        const { status } = await agent.get('/api/v1/auth/me').set(headers);
        statuses.push(status);
      };
      return { statuses, send };
    }

    it('an anonymous client’s address has a share, and others are still served', async () => {
      const unauthenticated = noted(anonymous(), { Cookie: `${SESSION_COOKIE}=nobody` });
      const known = noted(admin);
      let waiting: Promise<void>[] = [];
      await whileEmployeesAreLocked(async () => {
        waiting = Array.from({ length: MAX_REQUESTS_PER_ADDRESS + 20 }, () => unauthenticated.send());
        await until('twenty are refused', () => unauthenticated.statuses.length >= 20);
        await anonymous().get('/api/v1/health/live').expect(200);
        waiting.push(known.send());
      });
      await Promise.all(waiting);
      expect(unauthenticated.statuses).toEqual([...Array(20).fill(429), ...Array(MAX_REQUESTS_PER_ADDRESS).fill(401)]);
      expect(known.statuses).toEqual([200]);
    });

    it('an employee has a share', async () => {
      const own = noted(admin);
      let waiting: Promise<void>[] = [];
      await whileEmployeesAreLocked(async () => {
        waiting = Array.from({ length: MAX_REQUESTS_PER_EMPLOYEE + 5 }, () => own.send());
        await until('five are refused', () => own.statuses.length >= 5);
      });
      await Promise.all(waiting);
      expect(own.statuses).toEqual([...Array(5).fill(429), ...Array(MAX_REQUESTS_PER_EMPLOYEE).fill(200)]);
    });

    it('an employee can watch a limited number of runs', async () => {
      const { body: selection } = await admin.post('/api/v1/selections').send({ name: 'Nobody', customerIds: [] });
      const { body: run } = await admin
        .post('/api/v1/anonymization-runs')
        .send({ selectionId: selection.id })
        .expect(202);
      const compliance = await product.as('compliance');
      const path = `/api/v1/anonymization-runs/${run.id}/events`;
      const authorization = await tokenOf('compliance');
      const aborts = Array.from({ length: MAX_STREAMS_PER_EMPLOYEE }, () => new AbortController());
      const streams = await Promise.all(
        aborts.map(({ signal }) => fetch(product.address + path, { headers: { authorization }, signal })),
      );
      expect(streams.map(({ status }) => status)).toEqual(Array(MAX_STREAMS_PER_EMPLOYEE).fill(200));
      const refused = await compliance.get(path).expect(429);
      expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
      aborts[0]!.abort();
      let status = 429;
      while (status === 429) {
        const again = new AbortController();
        ({ status } = await fetch(product.address + path, { headers: { authorization }, signal: again.signal }));
        again.abort();
      }
      expect(status).toBe(200);
      aborts.forEach((abort) => abort.abort());
    });
  });

  async function tokenOf(username: string): Promise<string> {
    const { body } = await anonymous().post('/api/v1/auth/login').send({ username, password: PASSWORD }).expect(200);
    return `Bearer ${body.accessToken}`;
  }
});
