import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type TestAgent from 'supertest/lib/agent';
import type { FaultCode } from '../../src/kernel/health-code';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { TestApp } from '../support/test-app';

/** A code that no check of the product clears during the test. */
const CLOSED_BY_TEST = 'CLOSED_BY_TEST' as string as FaultCode;

const PAGE = '<!doctype html><title>Lethe</title><div id="root"></div>';

describe('the portal', () => {
  let app: TestApp;
  let folder: string;
  let browser: TestAgent;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lethe-portal-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), PAGE);
    writeFileSync(join(folder, 'lethe.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(folder, 'assets', 'index-A1b2C3d4.js'), 'export {};\n');
    app = await TestApp.start({}, [], folder);
    browser = app.anonymous().set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
  });
  afterAll(async () => {
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(['/', '/index.html', '/customers/01900000-0000-7000-8000-000000000000', '/apiary', '/a.b'])(
    'serves the one page at %s',
    async (path) => {
      const { text, headers } = await browser.get(path).expect(200);
      expect(text).toBe(PAGE);
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
    },
  );

  it('lets browsers cache files for a year, because changed files get new names', async () => {
    const { headers } = await browser.get('/assets/index-A1b2C3d4.js').expect(200);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toContain('text/javascript');
    expect((await browser.get('/lethe.svg').expect(200)).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    ['GET', '/api'],
    ['GET', '/api/nope'],
    ['GET', '/api/v1/nope'],
    ['GET', '/assets/index-gone.js'],
    ['GET', '/assets/..%2f..%2fpackage.json'],
    ['POST', '/login'],
  ] as const)('does not answer %s %s', async (method, path) => {
    const { body, headers } = await (method === 'GET' ? browser.get(path) : browser.post(path)).expect(404);
    expect(body.code).toBe('ROUTE_NOT_FOUND');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is not returned to a program that mistakes the address', async () => {
    const { body } = await app.anonymous().set('Accept', 'application/json').get('/customers').expect(404);
    expect(body.code).toBe('ROUTE_NOT_FOUND');
  });

  it('stays available while a fault closes the API', async () => {
    const signals = app.nest.get(HealthSignals);
    signals.fault(CLOSED_BY_TEST);
    const [page, script, api] = [
      await browser.get('/login'),
      await browser.get('/assets/index-A1b2C3d4.js'),
      await browser.get('/api/v1/auth/session'),
    ];
    signals.fault(CLOSED_BY_TEST, false);
    expect([page.status, script.status, api.status]).toEqual([200, 200, 503]);
  });

  it.each(['/', '/assets/index-A1b2C3d4.js', '/api/v1/health/live', '/api/nope'])(
    'allows no scripts at %s but its own, and no frames',
    async (path) => {
      const { headers } = await browser.get(path);
      const directives = Object.fromEntries(
        headers['content-security-policy']!.split(';').map((directive) => directive.split(/ (.*)/, 2)),
      );
      expect(directives).toEqual({
        'default-src': "'self'",
        'script-src': "'self'",
        'script-src-attr': "'none'",
        'style-src': "'self' 'unsafe-inline'",
        'img-src': "'self' data: blob:",
        'font-src': "'self'",
        'connect-src': "'self'",
        'frame-src': "'self' blob:",
        'object-src': "'none'",
        'base-uri': "'self'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
      });
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['permissions-policy']).toContain('camera=()');
    },
  );

  it('does not break the API description, which has its own scripts', async () => {
    const { text } = await browser.get('/api/docs').expect(200);
    expect(text).not.toMatch(/<script(?![^>]* src=)/);
    expect(text).not.toMatch(/\son\w+=/);
    const scripts = [...text.matchAll(/<script[^>]* src="([^"]+)"/g)].map(([, source]) => source!);
    expect(scripts.length).toBeGreaterThan(0);
    for (const source of scripts)
      expect((await browser.get(new URL(source, 'http://x/api/docs').pathname).expect(200)).type).toContain(
        'javascript',
      );
  });
});

it('is optional: without it, the product is only its API', async () => {
  const app = await TestApp.start({}, [], join(tmpdir(), 'lethe-no-portal'));
  const { body } = await app.anonymous().set('Accept', 'text/html').get('/').expect(404);
  await app.stop();
  expect(body.code).toBe('ROUTE_NOT_FOUND');
});
