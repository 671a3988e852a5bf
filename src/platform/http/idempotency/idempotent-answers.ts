import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonicalize } from 'json-canonicalize';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../database/transaction-runner';
import type { IdempotencyKey } from './idempotency-key';

/**
 * Stores the answer to a request in the request's transaction. For 7 days, a repeated request gets the same answer and
 * does nothing.
 */
@Injectable()
export class IdempotentAnswers {
  constructor(private readonly transaction: TransactionRunner) {}

  /**
   * Runs `work` in a transaction, once per key. A concurrent request with the same key waits for the first. Stores the
   * answer only if `isRemembered` returns true for it; stored answers contain outcomes and ids only.
   *
   * @throws DomainError `IDEMPOTENCY_KEY_REUSED` when another request has used the key
   */
  answerOnce<Answer>(
    key: IdempotencyKey | null,
    work: () => Promise<Answer>,
    isRemembered: (answer: Answer) => boolean = () => true,
  ): Promise<Answer> {
    return this.transaction.run(() => (key === null ? work() : this.answer(key, work, isRemembered)));
  }

  private async answer<Answer>(
    key: IdempotencyKey,
    work: () => Promise<Answer>,
    isRemembered: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const fingerprint = createHash('sha256').update(canonicalize(key.request)).digest('hex');
    const scope = [key.employeeId, key.route, key.key];
    await this.transaction.execute(
      `DELETE FROM idempotency_answer WHERE employee_id = $1 AND route = $2 AND key = $3
          AND created_at < now() - interval '7 days'`,
      scope,
    );
    const claimed = await this.transaction.execute(
      'INSERT INTO idempotency_answer (employee_id, route, key, fingerprint) VALUES ($1, $2, $3, $4) ' +
        'ON CONFLICT DO NOTHING',
      [...scope, fingerprint],
    );
    if (claimed === 0) return this.earlierAnswer(scope, fingerprint);
    const answer = await work();
    if (isRemembered(answer))
      await this.transaction.execute(
        'UPDATE idempotency_answer SET answer = $4 WHERE employee_id = $1 AND route = $2 AND key = $3',
        [...scope, JSON.stringify(answer)],
      );
    else
      await this.transaction.execute(
        'DELETE FROM idempotency_answer WHERE employee_id = $1 AND route = $2 AND key = $3',
        scope,
      );
    return answer;
  }

  private async earlierAnswer<Answer>(scope: readonly string[], fingerprint: string): Promise<Answer> {
    const [earlier] = await this.transaction.query<{ fingerprint: string; answer: Answer }>(
      'SELECT fingerprint, answer FROM idempotency_answer WHERE employee_id = $1 AND route = $2 AND key = $3',
      scope,
    );
    if (earlier?.fingerprint !== fingerprint) throw new DomainError('IDEMPOTENCY_KEY_REUSED');
    return earlier.answer;
  }
}
