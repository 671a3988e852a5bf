import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Clock } from '../clock/clock';
import { KeyFolder } from '../keys/key-folder';

const KEY_FILE = 'access-token.key';
const KEY_BYTES = 32;
const ALGORITHM = 'HS256';
const ISSUER = 'lethe';
const LIFETIME_SECONDS = 8 * 60 * 60;
/** Tokens with a verified signature; more than are logged in at once. */
const REMEMBERED_TOKENS = 1_000;

export interface AccessToken {
  readonly token: string;
  /** seconds */
  readonly expiresIn: number;
}

export interface TokenBearer {
  readonly employeeId: string;
  readonly issuedAt: Date;
}

interface VerifiedToken {
  readonly bearer: TokenBearer;
  /** milliseconds since the epoch */
  readonly expiresAt: number;
}

/**
 * Issues and checks the API's tokens (JWT, HS256). A token holds the employee and the time of issue; the role is looked
 * up on every request.
 */
@Injectable()
export class AccessTokens implements OnModuleInit {
  private key: Uint8Array;
  /** Keyed by the digest of the whole token, which identifies it and cannot be used in its place. Oldest first. */
  private readonly verified = new Map<string, VerifiedToken>();

  constructor(
    private readonly keys: KeyFolder,
    private readonly clock: Clock,
  ) {}

  /** Loads the key, so that a bad key file stops the start, not the first login. */
  async onModuleInit(): Promise<void> {
    this.key = await this.keys.readOrCreate(KEY_FILE, KEY_BYTES);
  }

  async issue(employeeId: string): Promise<AccessToken> {
    // In milliseconds, which RFC 7519 allows: of two tokens of the same second, a password change may have to
    // invalidate only the older.
    const issuedAt = this.clock.now().getTime() / 1000;
    const claims = { iss: ISSUER, sub: employeeId, iat: issuedAt, exp: Math.floor(issuedAt) + LIFETIME_SECONDS };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(this.key);
    return { token, expiresIn: LIFETIME_SECONDS };
  }

  /**
   * The bearer of the token, or null when the token is not ours or no longer valid. A valid signature stays valid, so
   * it is checked once; expiry is checked each time.
   */
  async verify(token: string): Promise<TokenBearer | null> {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.verified.get(digest);
    if (known !== undefined) return known.expiresAt > this.clock.now().getTime() ? known.bearer : null;
    const verified = await this.check(token);
    if (verified === null) return null;
    if (this.verified.size >= REMEMBERED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(digest, verified);
    return verified.bearer;
  }

  private async check(token: string): Promise<VerifiedToken | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: this.clock.now(),
      });
      const bearer = { employeeId: payload.sub!, issuedAt: new Date(Math.round(payload.iat! * 1000)) };
      return { bearer, expiresAt: payload.exp! * 1000 };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
