import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';

export const PLAIN_SESSION_COOKIE = 'lethe-session';
export const SESSION_COOKIE = `__Host-${PLAIN_SESSION_COOKIE}`;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '::1'];

/**
 * The session cookie. Over HTTPS it is `Secure`, and its name prefix makes the browser reject a planted cookie (RFC
 * 6265bis, section 4.1.3). Browsers trust localhost without TLS.
 */
export class SessionCookie {
  /** @param publicUrl public URL of the product behind a proxy that terminates TLS */
  constructor(private readonly publicUrl: string | undefined) {}

  tokenOf(request: Request): string | undefined {
    return parseCookie(request.get('Cookie') ?? '')[this.nameFor(request)];
  }

  set(request: Request, response: Response, token: string): void {
    this.send(request, response, token);
  }

  clear(request: Request, response: Response): void {
    this.send(request, response, '', { maxAge: 0 });
  }

  private send(request: Request, response: Response, value: string, lifetime: { maxAge?: number } = {}): void {
    const cookie = {
      name: this.nameFor(request),
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'strict' as const,
      secure: this.isSecure(request),
      ...lifetime,
    };
    response.appendHeader('Set-Cookie', stringifySetCookie(cookie));
  }

  private nameFor(request: Request): string {
    return this.isSecure(request) ? SESSION_COOKIE : PLAIN_SESSION_COOKIE;
  }

  private isSecure(request: Request): boolean {
    return this.publicUrl !== undefined || request.secure || LOOPBACK.includes(request.hostname);
  }
}
