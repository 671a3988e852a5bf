import type { Request, Response } from 'express';
import { SessionCookie } from '../../src/platform/auth/session-cookie';

describe('SessionCookie', () => {
  const sent = (publicUrl: string | undefined, request: Partial<Request>): string => {
    const lines: string[] = [];
    const response = { appendHeader: (_name: string, value: string) => lines.push(value) };
    new SessionCookie(publicUrl).set(request as Request, response as unknown as Response, 'token');
    return lines.join();
  };
  const PLAIN = 'lethe-session=token; Path=/; HttpOnly; SameSite=Strict';
  const SECURE = '__Host-lethe-session=token; Path=/; HttpOnly; Secure; SameSite=Strict';

  it.each([
    ['over TLS', undefined, { secure: true, hostname: 'lethe.example' }, SECURE],
    ['behind a TLS proxy', 'https://lethe.example', { secure: false, hostname: '10.0.0.7' }, SECURE],
    ['on this machine', undefined, { secure: false, hostname: 'localhost' }, SECURE],
    ['on this machine, by its IPv4 address', undefined, { secure: false, hostname: '127.0.0.1' }, SECURE],
    ['on this machine, by its IPv6 address', undefined, { secure: false, hostname: '[::1]' }, SECURE],
    ['over plain HTTP', undefined, { secure: false, hostname: 'lethe.example' }, PLAIN],
    ['over plain HTTP, with a similar name', undefined, { secure: false, hostname: 'localhost.example' }, PLAIN],
  ])('for a browser %s', (_, publicUrl, request, expected) => {
    expect(sent(publicUrl, request)).toBe(expected);
  });

  it('is read by the name for the connection, so that one planted over HTTP is ignored over TLS', () => {
    const read = (secure: boolean) =>
      new SessionCookie(undefined).tokenOf({
        secure,
        hostname: 'lethe.example',
        get: () => 'lethe-session=planted; other=1',
      } as unknown as Request);
    expect([read(true), read(false)]).toEqual([undefined, 'planted']);
  });
});
