import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DomainError } from '../../../kernel/domain-error';

const MAX_FAILURES = 10;
const WINDOW_SECONDS = 5 * 60;

/**
 * Counts wrong passwords per user name and address, within this process. This throttles guessing, and no one can lock
 * out a colleague from another address. Correct passwords are not counted.
 */
@Injectable()
export class FailedAttempts {
  private readonly limiter = new RateLimiterMemory({ points: MAX_FAILURES, duration: WINDOW_SECONDS });

  /** @throws DomainError `TOO_MANY_ATTEMPTS` */
  async refuseTooMany(key: string): Promise<void> {
    const state = await this.limiter.get(key);
    if (state !== null && state.consumedPoints >= MAX_FAILURES)
      throw new DomainError('TOO_MANY_ATTEMPTS', {
        retryAfterSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
      });
  }

  async count(key: string): Promise<void> {
    await this.limiter.penalty(key);
  }

  async forget(key: string): Promise<void> {
    await this.limiter.delete(key);
  }
}
