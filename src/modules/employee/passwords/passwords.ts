import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** OWASP's minimum for argon2id, the library's default algorithm. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const MIN_PASSWORD_CHARACTERS = 8;
export const MAX_PASSWORD_CHARACTERS = 200;

/** Half of the processors, so that many concurrent logins leave the rest to other requests. */
const AT_A_TIME = Math.max(1, Math.floor(availableParallelism() / 2));

/** Hashes and verifies passwords (argon2id, about 50 ms each, off the event loop) with limited concurrency. */
@Injectable()
export class Passwords implements OnModuleInit {
  private readonly turns = pLimit(AT_A_TIME);
  private decoy: string;

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hash(randomBytes(32).toString('base64url'));
  }

  hash(password: string): Promise<string> {
    return this.turns(() => hash(password, COST));
  }

  /** Takes the same time without a hash, so that the response time does not reveal whether a user name exists. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const matches = await this.turns(() => verify(passwordHash ?? this.decoy, password));
    return matches && passwordHash !== null;
  }

  random(): string {
    return randomBytes(15).toString('base64url');
  }
}
