import { Injectable } from '@nestjs/common';
import { FailedAttempts } from './failed-attempts';
import { Passwords } from './passwords';

export interface Attempt {
  /** null for an unknown or locked employee; then no password matches */
  readonly passwordHash: string | null;
  readonly password: string;
  readonly username: string;
  /** network address of the caller */
  readonly address: string;
}

/** Checks a password and throttles guessing. */
@Injectable()
export class Credentials {
  constructor(
    private readonly passwords: Passwords,
    private readonly failedAttempts: FailedAttempts,
  ) {}

  /** @throws DomainError `TOO_MANY_ATTEMPTS` */
  async areValid({ passwordHash, password, username, address }: Attempt): Promise<boolean> {
    const key = JSON.stringify([username, address]);
    await this.failedAttempts.refuseTooMany(key);
    const right = await this.passwords.matches(passwordHash, password);
    // Checked again, because many concurrent guesses can pass the first check.
    await this.failedAttempts.refuseTooMany(key);
    await (right ? this.failedAttempts.forget(key) : this.failedAttempts.count(key));
    return right;
  }

  hash(password: string): Promise<string> {
    return this.passwords.hash(password);
  }
}
