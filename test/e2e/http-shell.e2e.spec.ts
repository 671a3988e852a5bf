import type { Server } from 'node:http';
import type { Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import request from 'supertest';
import type TestAgent from 'supertest/lib/agent';
import { buildOpenApi } from '../../src/app/openapi';
import type { FaultCode } from '../../src/kernel/health-code';
import { POLICY } from '../../src/platform/auth/authorize.decorator';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { type LogFields, Logger } from '../../src/platform/logging/logger';
import { TestApp } from '../support/test-app';

/** A code that no check of the product clears during the test. */
const CLOSED_BY_TEST = 'CLOSED_BY_TEST' as string as FaultCode;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the HTTP shell', () => {
  let product: TestApp;
  let server: Server;
  let admin: TestAgent;

  beforeAll(async () => {
    product = await TestApp.start();
    server = product.nest.getHttpServer();
    admin = await product.as('admin');
  });

  afterAll(() => product.stop());

  describe('problems', () => {
    const login = () => request(server).post('/api/v1/auth/login');
    const json = (body: string) => login().set('Content-Type', 'application/json').send(body);

    it('have the form of RFC 9457', async () => {
      const { body, headers } = await request(server).get('/api/v1/nowhere?name=Beispiel').expect(404);

      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
      expect(body).toEqual({
        type: 'urn:lethe:problem:route-not-found',
        title: 'route not found',
        status: 404,
        detail: 'This address does not exist.',
        instance: '/api/v1/nowhere',
        code: 'ROUTE_NOT_FOUND',
        correlationId: expect.stringMatching(UUID),
      });
      expect(headers['x-correlation-id']).toBe(body.correlationId);
    });

    it.each([
      ['an unknown route outside of the API', () => request(server).get('/api/v2/x'), 404, 'ROUTE_NOT_FOUND'],
      ['an unknown page', () => request(server).get('/portal?q=Beispiel'), 404, 'ROUTE_NOT_FOUND'],
      ['an unknown method', () => request(server).delete('/api/v1/auth/login'), 404, 'ROUTE_NOT_FOUND'],
      [
        'a url that cannot be decoded',
        () => admin.patch('/api/v1/employees/%E0%A4%A').send({}),
        400,
        'MALFORMED_REQUEST',
      ],
      ['NUL in the url', () => admin.patch('/api/v1/employees/a%00b').send({}), 400, 'MALFORMED_REQUEST'],
      ['half a JSON', () => json('{"username": "Bei'), 400, 'MALFORMED_REQUEST'],
      ['JSON that is not an object', () => json('"Beispiel"'), 400, 'MALFORMED_REQUEST'],
      ['NUL in JSON', () => json('{"username":"a\\u0000b","password":"x"}'), 400, 'MALFORMED_REQUEST'],
      ['a form', () => login().type('form').send({ username: 'admin' }), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['text', () => login().type('text').send('{}'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['an unsupported encoding', () => json('{}').set('Content-Encoding', 'compress'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
      ['too much', () => json(`{"username":"${'x'.repeat(5_000)}"}`), 413, 'PAYLOAD_TOO_LARGE'],
      ['OPTIONS', () => request(server).options('/api/v1/auth/login'), 404, 'ROUTE_NOT_FOUND'],
    ] as const)('answer %s', async (_, call, status, code) => {
      const { body, text } = await call().expect(status);
      expect(body.code).toBe(code);
      expect(text).not.toMatch(/Beispiel|stack|node_modules/);
    });

    it('keep the caller’s correlation id if it is valid', async () => {
      const id = '01890a5d-ac96-774b-bcce-b302099a8057';
      const known = await request(server).get('/api/v1/x').set('X-Correlation-Id', id);
      const other = await request(server).get('/api/v1/x').set('X-Correlation-Id', 'Beispiel');

      expect(known.body.correlationId).toBe(id);
      expect(other.body.correlationId).toMatch(UUID);
    });
  });

  it('sends security headers and does not reveal its components', async () => {
    const { headers } = await request(server).get('/api/v1/health/live').expect(200);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('etag');
  });

  describe('health', () => {
    it('is alive and ready, with warnings', async () => {
      const signals = product.nest.get(HealthSignals);
      signals.warn('ONE_DATABASE_LOGIN');
      await request(server).get('/api/v1/health/live').expect(200, { status: 'ok' });
      const { body } = await request(server).get('/api/v1/health/ready').expect(200);
      expect(body).toMatchObject({ status: 'ok', faults: [] });
      expect(body.warnings).toContain('ONE_DATABASE_LOGIN');
      signals.warn('ONE_DATABASE_LOGIN', false);
      await request(server).head('/api/v1/health/live').expect(200);
    });

    it('refuses everything else while there is a fault', async () => {
      const signals = product.nest.get(HealthSignals);
      signals.fault(CLOSED_BY_TEST);
      const ready = await request(server).get('/api/v1/health/ready').expect(503);
      const closed = await admin.get('/api/v1/auth/me').expect(503);
      signals.fault(CLOSED_BY_TEST, false);

      expect(ready.body).toMatchObject({ status: 'unavailable', faults: ['CLOSED_BY_TEST'] });
      expect(closed.body.code).toBe('SERVICE_UNAVAILABLE');
      expect(Number(closed.headers['retry-after'])).toBeGreaterThan(0);
      await admin.get('/api/v1/auth/me').expect(200);
    });
  });

  it('logs one line per request, with the pattern of the route and never the URL', async () => {
    const event = jest.spyOn(product.nest.get(Logger), 'event');
    await admin.patch('/api/v1/employees/Beispiel?name=Beispiel').send({ displayName: 'Beispiel' }).expect(404);
    await request(server).get('/api/v1/Beispiel').expect(404);
    const lines = event.mock.calls.filter(([name]) => name === 'request').map(([, fields]) => fields as LogFields);
    event.mockRestore();

    expect(lines).toEqual([
      {
        method: 'PATCH',
        route: '/api/v1/employees/:id',
        status: 404,
        durationMs: expect.any(Number),
        correlationId: expect.stringMatching(UUID),
        actorId: expect.stringMatching(UUID),
      },
      expect.objectContaining({ method: 'GET', route: 'UNMATCHED', status: 404, actorId: null }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('Beispiel');
  });

  describe('OpenAPI', () => {
    let document: OpenAPIObject;

    beforeAll(() => {
      document = buildOpenApi(product.nest);
    });

    it('is served as a page and as a document', async () => {
      expect((await request(server).get('/api/docs').expect(200)).text).toContain('swagger-ui');
      const { body } = await request(server).get('/api/openapi.json').expect(200);
      expect(body.paths).toHaveProperty('/api/v1/auth/login');
      expect((await request(server).get('/api/docs-json').expect(200)).body).toEqual(body);
    });

    it('documents for every route who may call it and that errors are problems', () => {
      const operations = Object.values(document.paths).flatMap(
        (path) => Object.values(path) as Record<string, unknown>[],
      );
      expect(operations.length).toBeGreaterThan(10);
      for (const operation of operations) {
        expect(operation.responses).toHaveProperty(['default', 'content', 'application/problem+json']);
        expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+(_[A-Za-z]+)?$/);
      }
      expect(document.paths['/api/v1/audit-entries']?.get).toMatchObject({
        security: [{ bearer: [] }, { session: [] }],
        'x-roles': ['COMPLIANCE'],
        operationId: 'listAuditEntries',
      });
      expect(document.components?.schemas).toHaveProperty('Problem');
    });
  });

  it('has a policy on every route', () => {
    const handlers = [...product.nest.get(ModulesContainer).values()]
      .flatMap((module) => [...module.controllers.values()])
      .flatMap(({ metatype }) =>
        Object.entries(Object.getOwnPropertyDescriptors((metatype as Type).prototype as object)),
      )
      .filter(([, { value }]) => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value as object));

    expect(handlers.length).toBeGreaterThan(10);
    expect(
      handlers.filter(([, { value }]) => !Reflect.hasOwnMetadata(POLICY, value as object)).map(([name]) => name),
    ).toEqual([]);
  });

  it('serves the data map to administrators and compliance', async () => {
    const { body } = await admin.get('/api/v1/data-map').expect(200);
    expect(body.items).toContainEqual({
      module: 'employee',
      table: 'employee',
      column: 'password_hash',
      type: 'text',
      category: 'NOT_PERSONAL',
      treatment: 'KEEP',
      reason: 'argon2id hash of the password',
    });
    expect(body.tables).toContainEqual(
      expect.objectContaining({ table: 'bank_account', rule: 'OF_CUSTOMER', erasesRows: 'ALL' }),
    );
    await (await product.as('compliance')).get('/api/v1/data-map').expect(200);
    await (await product.as('employee')).get('/api/v1/data-map').expect(403);
  });
});
