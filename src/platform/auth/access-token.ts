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
/** Capacity of the cache of verified tokens; more than are in use at the same time. */
const MAX_REMEMBERED_TOKENS = 1_000;

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
 * Issues and verifies the API's tokens (JWT, HS256). A token contains the employee and the time of issue. The role is
 * looked up on every request.
 */
@Injectable()
export class AccessTokens implements OnModuleInit {
  private key: Uint8Array;
  /**
   * Verified tokens by the digest of the token, oldest first. The digest identifies a token but cannot be used in its
   * place.
   */
  private readonly verified = new Map<string, VerifiedToken>();

  constructor(
    private readonly keys: KeyFolder,
    private readonly clock: Clock,
  ) {}

  /** Loads the key, so that a bad key file prevents the start instead of the first login. */
  async onModuleInit(): Promise<void> {
    this.key = await this.keys.readOrCreate(KEY_FILE, KEY_BYTES);
  }

  async issue(employeeId: string): Promise<AccessToken> {
    // In milliseconds, which RFC 7519 allows: a password change may have to invalidate only the older of two tokens
    // that were issued in the same second.
    const issuedAt = this.clock.now().getTime() / 1000;
    const claims = { iss: ISSUER, sub: employeeId, iat: issuedAt, exp: Math.floor(issuedAt) + LIFETIME_SECONDS };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(this.key);
    return { token, expiresIn: LIFETIME_SECONDS };
  }

  /**
   * Returns the bearer of the token; null when the token is not ours or has expired. The signature is verified once per
   * token, the expiry on each call.
   */
  async verify(token: string): Promise<TokenBearer | null> {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.verified.get(digest);
    if (known !== undefined) return known.expiresAt > this.clock.now().getTime() ? known.bearer : null;
    const verified = await this.check(token);
    if (verified === null) return null;
    if (this.verified.size >= MAX_REMEMBERED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
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
