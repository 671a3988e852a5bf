import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for argon2id, which is the library's algorithm by default. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 8;
export const LONGEST_PASSWORD = 200;

/** Hashes and checks passwords (argon2id, about 50 ms each, off the event loop). */
@Injectable()
export class Passwords implements OnModuleInit {
  private decoy: string;

  async onModuleInit(): Promise<void> {
    this.decoy = await this.hash(randomBytes(32).toString('base64url'));
  }

  hash(password: string): Promise<string> {
    return hash(password, COST);
  }

  /** Without a hash the work is the same, so that the time of an answer does not tell which user names exist. */
  async matches(passwordHash: string | null, password: string): Promise<boolean> {
    const matches = await verify(passwordHash ?? this.decoy, password);
    return matches && passwordHash !== null;
  }

  random(): string {
    return randomBytes(15).toString('base64url');
  }
}
