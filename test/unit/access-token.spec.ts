import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessTokens } from '../../src/platform/auth/access-token';
import type { Clock } from '../../src/platform/clock/clock';
import { KeyFolder } from '../../src/platform/keys/key-folder';

const ISSUED_AT = new Date('2026-11-23T09:00:00.250Z');

describe('AccessTokens', () => {
  let dir: string;
  let now: Date;
  let tokens: AccessTokens;
  const checks = jest.spyOn(crypto.subtle, 'verify');

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'lethe-keys-'));
    now = ISSUED_AT;
    tokens = new AccessTokens(await KeyFolder.open(dir), { now: () => now } as Clock);
    await tokens.onModuleInit();
    checks.mockClear();
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('verifies a signature once', async () => {
    const { token } = await tokens.issue('e-1');
    const bearer = { employeeId: 'e-1', issuedAt: ISSUED_AT };
    for (let i = 0; i < 3; i++) expect(await tokens.verify(token)).toEqual(bearer);
    expect(checks).toHaveBeenCalledTimes(1);
  });

  it('refuses a known token once it has expired', async () => {
    const { token, expiresIn } = await tokens.issue('e-1');
    const expiresAt = Math.floor(ISSUED_AT.getTime() / 1000 + expiresIn) * 1000;
    expect(await tokens.verify(token)).not.toBeNull();
    now = new Date(expiresAt - 1);
    expect(await tokens.verify(token)).not.toBeNull();
    now = new Date(expiresAt);
    expect(await tokens.verify(token)).toBeNull();
    const unknown = new AccessTokens(await KeyFolder.open(dir), { now: () => now } as Clock);
    await unknown.onModuleInit();
    expect(await unknown.verify(token)).toBeNull(); // to the millisecond, as without the cache
  });

  it('refuses other claims under a known signature', async () => {
    const { token } = await tokens.issue('e-1');
    expect(await tokens.verify(token)).not.toBeNull();
    const [header, claims, signature] = token.split('.') as [string, string, string];
    const forged = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), sub: 'e-2' };
    const forgery = [header, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
    for (let i = 0; i < 2; i++) expect(await tokens.verify(forgery)).toBeNull();
  });

  it('caches at most a thousand tokens, and evicts the oldest', async () => {
    const issued: string[] = [];
    for (let i = 0; i <= 1_000; i++) issued.push((await tokens.issue(`e-${i}`)).token);
    for (const token of issued) await tokens.verify(token);
    checks.mockClear();
    expect(await tokens.verify(issued[1]!)).toMatchObject({ employeeId: 'e-1' });
    expect(checks).toHaveBeenCalledTimes(0);
    expect(await tokens.verify(issued[0]!)).toMatchObject({ employeeId: 'e-0' });
    expect(checks).toHaveBeenCalledTimes(1);
  });
});
