import { setTimeout as delay } from 'node:timers/promises';
import { errorChain } from './error-chain';

/**
 * Serialization failures, deadlocks, shutdown of the server, connection exceptions, missing resources: a retry may
 * succeed.
 */
const TRANSIENT =
  /^(40001|40P01|57P0[123]|08...|53...|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;

/** Messages of pg and TypeORM for a lost connection or a timeout. These errors have no code. */
const CONNECTION_LOST =
  /^(timeout exceeded when trying to connect$|Connection terminated|Query read timeout$|Client .* is not queryable$|Query runner already released\.)/;

/** The SQLSTATE or network error code in the chain of causes of an error. */
export function databaseCodeOf(error: unknown): string | null {
  for (const { code, message } of errorChain(error)) {
    if (typeof code === 'string' && /^([0-9A-Z]{5}|E[A-Z]+)$/.test(code)) return code;
    if (CONNECTION_LOST.test(message)) return 'ECONNRESET';
  }
  return null;
}

/** Whether the connection is unusable. The outcome of its last statement is unknown. */
export const isConnectionLost = (error: unknown): boolean => databaseCodeOf(error) === 'ECONNRESET';

/** SQLSTATE: another transaction held the lock for longer than `lock_timeout`. */
export const LOCK_NOT_AVAILABLE = '55P03';

export const isTransient = (error: unknown): boolean => TRANSIENT.test(databaseCodeOf(error) ?? '');

/**
 * Retries a whole transaction after a transient failure, with jitter, at most four times. Never use it for a statement
 * inside a transaction.
 */
export async function retryTransient<T>(transaction: () => Promise<T>, tries = 5): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= tries || !isTransient(error)) throw error;
      await delay(2 ** attempt * 10 * (0.5 + Math.random()));
    }
  }
}
