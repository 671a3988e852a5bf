import { decodeJwt, SignJWT } from 'jose';
import type { Server } from 'node:http';
import request from 'supertest';
import { KeyFolder } from '../../src/platform/keys/key-folder';
import { PASSWORD, TestApp } from '../support/test-app';

const HOUR_MS = 60 * 60 * 1000;

describe('authentication and employees', () => {
  let product: TestApp;
  let server: Server;
  let admin: string;
  let compliance: string;

  beforeAll(async () => {
    product = await TestApp.start();
    server = product.nest.getHttpServer();
    admin = await tokenOf('admin');
    compliance = await tokenOf('compliance');
  });

  afterAll(() => product.stop());

  const logIn = (username: string, password: string) =>
    request(server).post('/api/v1/auth/login').send({ username, password });
  const tokenOf = async (username: string, password = PASSWORD): Promise<string> =>
    (await logIn(username, password).expect(200)).body.accessToken;
  const get = (path: string, token: string) =>
    request(server).get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
  const post = (path: string, token: string, body: object) =>
    request(server).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body);
  const patch = (path: string, token: string, body: object) =>
    request(server).patch(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body);
  const entries = async (query: string): Promise<{ actorId: string; details: Record<string, unknown> }[]> =>
    (await get(`/audit-entries?${query}`, compliance).expect(200)).body.items;
  let number = 0;
  const newEmployee = async (role: string) => {
    const username = `employee-${++number}`;
    const { body } = await post('/employees', admin, {
      username,
      displayName: 'Erika Beispiel',
      role,
      password: PASSWORD,
    }).expect(201);
    return { id: body.id as string, username, token: await tokenOf(username) };
  };

  describe('POST /auth/login', () => {
    it.each([
      ['admin', 'Administrator', 'ADMINISTRATOR'],
      ['employee', 'Mitarbeiter', 'EMPLOYEE'],
      ['compliance', 'Compliance', 'COMPLIANCE'],
    ])('accepts the bootstrap login %s', async (username, displayName, role) => {
      const { body, headers } = await logIn(username, PASSWORD).expect(200);

      expect(body).toEqual({
        accessToken: expect.any(String),
        expiresIn: 8 * 60 * 60,
        employee: { id: expect.any(String), displayName, role },
      });
      expect(headers['cache-control']).toBe('no-store');
      expect(Object.keys(decodeJwt(body.accessToken as string)).sort()).toEqual(['exp', 'iat', 'iss', 'sub']);
      expect((await entries(`action=LOGIN_SUCCEEDED&actorId=${body.employee.id}`)).length).toBeGreaterThan(0);
    });

    it('refuses a wrong password and an unknown user alike, and never logs what was typed', async () => {
      const wrong = await logIn('admin', 'not-the-password').expect(401);
      const unknown = await logIn('typed-my-password-here', 'x').expect(401);

      expect(wrong.body.code).toBe('INVALID_CREDENTIALS');
      expect({ ...unknown.body, correlationId: '' }).toEqual({ ...wrong.body, correlationId: '' });
      const failed = await entries('action=LOGIN_FAILED');
      expect(failed.map(({ actorId }) => actorId === null)).toEqual([true, false]);
      expect(JSON.stringify(failed)).not.toContain('typed');
    });

    it('slows down only failed attempts, per user name, and resets after a success', async () => {
      const { username } = await newEmployee('EMPLOYEE');
      for (let i = 0; i < 9; i++) await logIn(username, 'wrong-password').expect(401);
      await logIn(username, PASSWORD).expect(200);
      for (let i = 0; i < 10; i++) await logIn(username, 'wrong-password').expect(401);

      const { body, headers } = await logIn(username, PASSWORD).expect(429);
      expect(body.code).toBe('TOO_MANY_ATTEMPTS');
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      await logIn('employee', PASSWORD).expect(200);
    });

    it('does not let concurrent guesses exceed the limit', async () => {
      const { username } = await newEmployee('EMPLOYEE');
      const guesses = await Promise.all(Array.from({ length: 30 }, () => logIn(username, 'wrong-password')));
      expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(14);

      const many = await Promise.all(Array.from({ length: 30 }, () => logIn('employee', PASSWORD)));
      expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    });

    it.each([
      ['no body', undefined],
      ['a list', []],
      ['a missing password', { username: 'admin' }],
      ['a number', { username: 5, password: PASSWORD }],
      ['an unknown field', { username: 'admin', password: PASSWORD, role: 'ADMINISTRATOR' }],
      ['null', { username: null, password: PASSWORD }],
    ])('refuses %s', async (_, body) => {
      const answer = await request(server).post('/api/v1/auth/login').send(body).expect(400);
      expect(answer.body.code).toBe('VALIDATION_FAILED');
      expect(answer.body.errors.length).toBeGreaterThan(0);
    });
  });

  describe('a token', () => {
    const expectRefused = async (authorization: string | undefined) => {
      const call = request(server).get('/api/v1/auth/me');
      const { body, headers } = await (
        authorization === undefined ? call : call.set('Authorization', authorization)
      ).expect(401);
      expect(body.code).toBe('AUTHENTICATION_REQUIRED');
      expect(headers['www-authenticate']).toBe('Bearer');
      expect(headers['content-type']).toContain('application/problem+json');
    };

    it('is required', async () => {
      await expectRefused(undefined);
      await expectRefused('Bearer');
      await expectRefused('Bearer nonsense');
      await expectRefused(`Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
      await expectRefused(`Bearer ${admin.slice(0, -2)}`);
    });

    it('must be signed with our key, algorithm and issuer, and not be expired', async () => {
      const key = await product.nest.get(KeyFolder).readOrCreate('access-token.key', 32);
      const { sub, iss } = decodeJwt(admin);
      const sign = (claims: object, alg = 'HS256', secret: Uint8Array = key) =>
        new SignJWT({ sub, iss, iat: now, exp: now + 3_600, ...claims }).setProtectedHeader({ alg }).sign(secret);
      const now = Math.floor(Date.now() / 1000) + 1;

      await get('/auth/me', await sign({})).expect(200);
      await expectRefused(`Bearer ${await sign({ exp: now - 5 })}`);
      await expectRefused(`Bearer ${await sign({ exp: undefined })}`);
      await expectRefused(`Bearer ${await sign({ iat: undefined })}`);
      await expectRefused(`Bearer ${await sign({ iss: 'other' })}`);
      await expectRefused(`Bearer ${await sign({ sub: 'admin' })}`);
      await expectRefused(`Bearer ${await sign({ sub: '00000000-0000-7000-8000-000000000000' })}`);
      await expectRefused(`Bearer ${await sign({}, 'HS512', Buffer.concat([key, key]))}`);
      await expectRefused(`Bearer ${await sign({}, 'HS256', Buffer.alloc(32, 1))}`);
      const none = ['{"alg":"none"}', JSON.stringify({ sub, iss, iat: now, exp: now + 3_600 })];
      await expectRefused(`Bearer ${none.map((part) => Buffer.from(part).toString('base64url')).join('.')}.`);
    });

    it('identifies the employee', async () => {
      const { body } = await get('/auth/me', admin).expect(200);
      expect(body).toEqual({
        id: expect.any(String),
        username: 'admin',
        displayName: 'Administrator',
        role: 'ADMINISTRATOR',
        active: true,
      });
    });
  });

  describe('a wrong role', () => {
    it('is refused before anything else is checked, and audited with the pattern of the route', async () => {
      const { id, token } = await newEmployee('EMPLOYEE');

      const { body } = await patch('/employees/secret-in-the-url', token, { nonsense: 1 }).expect(403);

      expect(body.code).toBe('FORBIDDEN');
      const [refused] = await entries(`action=ACCESS_REFUSED&actorId=${id}`);
      expect(refused).toMatchObject({
        actorRole: 'EMPLOYEE',
        module: 'platform',
        outcome: 'REFUSED',
        details: { method: 'PATCH', route: '/api/v1/employees/:id' },
      });
      expect(JSON.stringify(refused)).not.toContain('secret');
    });
  });

  describe('/employees', () => {
    it('creates and lists employees, page by page', async () => {
      const { id, username } = await newEmployee('COMPLIANCE');
      const all: { id: string }[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await get(`/employees?limit=2${cursor && `&cursor=${cursor}`}`, admin).expect(200);
        all.push(...body.items);
        cursor = body.nextCursor as string | null;
      }

      expect(all.find((employee) => employee.id === id)).toEqual({
        id,
        username,
        displayName: 'Erika Beispiel',
        role: 'COMPLIANCE',
        active: true,
      });
      expect(new Set(all.map((employee) => employee.id)).size).toBe(all.length);
      expect(await entries('action=EMPLOYEE_CREATED')).toContainEqual(
        expect.objectContaining({ details: { employeeId: id, role: 'COMPLIANCE' } }),
      );
      await get('/employees?cursor=eyJhIjoxfQ', admin).expect(400);
      await get('/employees?limit=201', admin).expect(400);
    });

    it('refuses a user name that exists', async () => {
      const again = { username: 'admin', displayName: 'Zweite', role: 'EMPLOYEE', password: PASSWORD };
      const { body } = await post('/employees', admin, again).expect(409);
      expect(body.code).toBe('USERNAME_TAKEN');
    });

    it.each([
      ['displayName', { displayName: ' padded' }],
      ['displayName', { displayName: 'two\nlines' }],
      ['displayName', { displayName: 'x'.repeat(201) }],
      ['role', { role: 'OWNER' }],
      ['password', { password: 'short' }],
    ])('refuses an invalid %s', async (field, wrong) => {
      const valid = { username: 'valid', displayName: 'Valid', role: 'EMPLOYEE', password: PASSWORD };
      const { body } = await post('/employees', admin, { ...valid, ...wrong }).expect(400);
      expect(body.errors).toEqual([{ field, code: expect.any(String) }]);
    });

    it('applies a change of role and a lock immediately', async () => {
      const { id, username, token } = await newEmployee('ADMINISTRATOR');
      await get('/employees', token).expect(200);

      await patch(`/employees/${id}`, admin, { role: 'EMPLOYEE', displayName: 'Neu' }).expect(200);
      await get('/employees', token).expect(403);
      await patch(`/employees/${id}`, admin, { active: false }).expect(200);
      await get('/auth/me', token).expect(401);
      await logIn(username, PASSWORD).expect(401);
      const { body } = await patch(`/employees/${id}`, admin, { active: true }).expect(200);
      expect(body).toEqual({ id, username, displayName: 'Neu', role: 'EMPLOYEE', active: true });
      await get('/auth/me', token).expect(200);

      const changes = (await entries('action=EMPLOYEE_CHANGED')).filter(({ details }) => details.employeeId === id);
      expect(changes.map(({ details }) => details.fields)).toEqual([['active'], ['active'], ['displayName', 'role']]);
      expect(JSON.stringify(changes)).not.toContain('Neu');
    });

    it('refuses unknown ids and null', async () => {
      for (const id of ['00000000-0000-7000-8000-000000000000', 'x']) {
        const { body } = await patch(`/employees/${id}`, admin, { active: true }).expect(404);
        expect(body.code).toBe('EMPLOYEE_NOT_FOUND');
      }
      const { id } = await newEmployee('EMPLOYEE');
      await patch(`/employees/${id}`, admin, { displayName: null }).expect(400);
      await patch(`/employees/${id}`, admin, {}).expect(200);
    });

    it('always keeps an active administrator, even if two lock each other at once', async () => {
      const { id: adminId } = (await get('/auth/me', admin)).body;
      const others: string[] = (await get('/employees?limit=200', admin)).body.items
        .filter(
          (employee: { id: string; role: string }) => employee.role === 'ADMINISTRATOR' && employee.id !== adminId,
        )
        .map(({ id }: { id: string }) => id);
      for (const id of others) await patch(`/employees/${id}`, admin, { active: false }).expect(200);
      const refused = await patch(`/employees/${adminId}`, admin, { active: false }).expect(409);
      expect(refused.body.code).toBe('LAST_ADMINISTRATOR');
      await patch(`/employees/${adminId}`, admin, { role: 'EMPLOYEE' }).expect(409);

      const second = await newEmployee('ADMINISTRATOR');
      const answers = await Promise.all([
        patch(`/employees/${adminId}`, second.token, { active: false }),
        patch(`/employees/${second.id}`, admin, { role: 'EMPLOYEE' }),
      ]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const { rows } = await product.sql.query(`SELECT id FROM employee WHERE role = 'ADMINISTRATOR' AND active`);
      expect(rows).toHaveLength(1);
      await product.sql.query('UPDATE employee SET active = true WHERE id = $1', [adminId]);
    });
  });

  describe('POST /auth/password', () => {
    it('ends the old password and all tokens except the new one', async () => {
      const { id, username, token } = await newEmployee('EMPLOYEE');
      const next = 'second-password';

      const wrong = await post('/auth/password', token, { current: 'wrong-password', next }).expect(401);
      expect(wrong.body.code).toBe('INVALID_CREDENTIALS');
      await post('/auth/password', token, { current: PASSWORD, next: 'short' }).expect(400);
      await post('/auth/password', token, { current: PASSWORD, next: 'x'.repeat(201) }).expect(400);
      const { body } = await post('/auth/password', token, { current: PASSWORD, next }).expect(200);

      await get('/auth/me', token).expect(401);
      await get('/auth/me', body.accessToken as string).expect(200);
      await logIn(username, PASSWORD).expect(401);
      await get('/auth/me', await tokenOf(username, next)).expect(200);
      expect((await entries(`action=EMPLOYEE_CHANGED&actorId=${id}`))[0]?.details).toEqual({
        employeeId: id,
        fields: ['password'],
      });
    });

    it('is changed by one of two concurrent requests', async () => {
      const { token } = await newEmployee('EMPLOYEE');
      const answers = await Promise.all(
        ['one-password', 'other-password'].map((next) => post('/auth/password', token, { current: PASSWORD, next })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    });
  });

  it('lets a token expire after eight hours', async () => {
    const issued = Date.now();
    product.clock.set(new Date(issued).toISOString());
    const token = await tokenOf('employee');
    product.clock.set(new Date(issued + 8 * HOUR_MS - 1_000).toISOString());
    await get('/auth/me', token).expect(200);
    product.clock.set(new Date(issued + 8 * HOUR_MS + 1_000).toISOString());
    await get('/auth/me', token).expect(401);
    product.clock.set(null);
  });
});
