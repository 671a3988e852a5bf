import { Injectable, type OnModuleInit } from '@nestjs/common';
import { errors, jwtVerify, SignJWT } from 'jose';
import { Clock } from '../clock/clock';
import { KeyFolder } from '../keys/key-folder';

const KEY_FILE = 'access-token.key';
const KEY_BYTES = 32;
const ALGORITHM = 'HS256';
const ISSUER = 'lethe';
const LIFETIME_SECONDS = 8 * 60 * 60;

export interface AccessToken {
  readonly token: string;
  /** seconds */
  readonly expiresIn: number;
}

export interface TokenBearer {
  readonly employeeId: string;
  readonly issuedAt: Date;
}

/** Issues and checks the tokens of the API (JWT, HS256). A token says who and since when; the role is looked up on every request. */
@Injectable()
export class AccessTokens implements OnModuleInit {
  private key: Uint8Array;

  constructor(
    private readonly keys: KeyFolder,
    private readonly clock: Clock,
  ) {}

  /** A bad key file stops the start, not the first login. */
  async onModuleInit(): Promise<void> {
    this.key = await this.keys.readOrCreate(KEY_FILE, KEY_BYTES);
  }

  async issue(employeeId: string): Promise<AccessToken> {
    // In milliseconds, which RFC 7519 allows: of two tokens of one second the older one may have to die with the old password.
    const issuedAt = this.clock.now().getTime() / 1000;
    const claims = { iss: ISSUER, sub: employeeId, iat: issuedAt, exp: Math.floor(issuedAt) + LIFETIME_SECONDS };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' }).sign(this.key);
    return { token, expiresIn: LIFETIME_SECONDS };
  }

  /** Who bears the token, or null when it is not one of ours or no longer valid. */
  async verify(token: string): Promise<TokenBearer | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        requiredClaims: ['sub', 'iat', 'exp'],
        currentDate: this.clock.now(),
      });
      return { employeeId: payload.sub!, issuedAt: new Date(Math.round(payload.iat! * 1000)) };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
