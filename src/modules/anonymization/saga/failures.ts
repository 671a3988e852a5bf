import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import type { ErrorCode } from '../../../kernel/error-codes';
import type { FailureCode } from '../../../kernel/failure-code';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { databaseCodeOf, LOCK_NOT_AVAILABLE } from '../../../platform/database/transient-failure';
import { Logger } from '../../../platform/logging/logger';
import { AuditLog } from '../../audit';

/** Failures that the product detects itself: the anonymization would not have the intended result. */
const DETECTED_FAILURES = [
  'FISCAL_COPY_FAILED',
  'ERASURE_INCOMPLETE',
  'PERSONAL_VALUE_LEFT',
] as const satisfies readonly (ErrorCode & FailureCode)[];
type DetectedFailure = (typeof DETECTED_FAILURES)[number];

/** Returns the failure's code, never its message, which may repeat the row. */
export function failureCodeOf(error: unknown): FailureCode {
  const detected = detectedFailureOf(error);
  if (detected !== null) return detected;
  const sqlState = databaseCodeOf(error);
  if (sqlState === null) return 'UNEXPECTED_ERROR';
  if (sqlState === LOCK_NOT_AVAILABLE) return 'CUSTOMER_LOCKED';
  return sqlState.startsWith('23') ? 'CONSTRAINT_VIOLATED' : 'DATABASE_ERROR';
}

/** Whether the error is a refusal on which the caller can act, and not a failure. */
export const isRefusal = (error: unknown): boolean =>
  (error instanceof DomainError && detectedFailureOf(error) === null) || databaseCodeOf(error) === LOCK_NOT_AVAILABLE;

const detectedFailureOf = (error: unknown): DetectedFailure | null =>
  error instanceof DomainError ? (DETECTED_FAILURES.find((code) => code === error.code) ?? null) : null;

/**
 * The location of a detected failure, so that an employee can correct the record: ids and schema names, never a value.
 */
export interface FailureLocation {
  readonly table: string;
  /** null when the failure is about the whole row or table */
  readonly column: string | null;
  readonly recordId: string | null;
}

/** Returns the location that a detected failure names, or null. */
export function locationOf(error: unknown): FailureLocation | null {
  if (detectedFailureOf(error) === null) return null;
  const { table, column = null, recordId = null } = (error as DomainError).extensions as Partial<FailureLocation>;
  return table === undefined ? null : { table, column, recordId };
}

export interface FailedAttempt {
  readonly customerId: string;
  readonly runId: string;
  readonly actor: { readonly id: string; readonly role: string };
  readonly reason: string;
  readonly reference: string | null;
}

/**
 * Logs and audits failures, in the transaction in progress or in a new one, since the attempt's own has been rolled
 * back.
 */
@Injectable()
export class Failures {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly logger: Logger,
  ) {}

  async record(attempt: FailedAttempt, error: unknown): Promise<void> {
    const [failureCode, failure] = [failureCodeOf(error), locationOf(error)];
    const { customerId, runId } = attempt;
    this.logger.failure('anonymization_failed', error, { customerId, runId, failureCode, ...failure });
    await this.writeEntries(failureCode, [attempt], failure);
  }

  /** Records customers whom another transaction held beyond the timeout of the run. */
  async recordLocked(attempts: readonly FailedAttempt[]): Promise<void> {
    if (attempts.length > 0) await this.writeEntries('CUSTOMER_LOCKED', attempts);
  }

  private writeEntries(
    failureCode: FailureCode,
    attempts: readonly FailedAttempt[],
    failure: FailureLocation | null = null,
  ): Promise<void> {
    return this.transaction.run(() =>
      this.audit.record(
        ...attempts.map(({ customerId, runId, actor, reason, reference }) => ({
          action: 'ANONYMIZATION_FAILED' as const,
          module: 'anonymization' as const,
          outcome: 'FAILED' as const,
          actorId: actor.id,
          actorRole: actor.role,
          customerId,
          runId,
          details: { failureCode, ...(failure === null ? {} : { failure }), reason, reference },
        })),
      ),
    );
  }
}
