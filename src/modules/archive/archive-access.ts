import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import type { Actor } from '../../platform/auth/actor';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { AuditLog } from '../audit';
import { CustomerLocks } from '../customer';

/** An attempt to read the archive, with ids only, for the audit log. */
export type AccessAttempt = { readonly access: 'LIST' } | { readonly access: 'CONTENT'; readonly documentId: string };

const SEALED = Symbol('SEALED');

/**
 * Access control of the archive. A customer's archive is open until the customer is anonymized, and is then closed to
 * every role.
 *
 * Reads run under the customer's lock, so that no anonymization can commit between the check of the customer and the
 * opening of a key.
 */
@Injectable()
export class ArchiveAccess {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly audit: AuditLog,
    private readonly locks: CustomerLocks,
  ) {}

  /**
   * Runs `read` in the transaction that locked the customer and returns its result.
   *
   * @throws DomainError `CUSTOMER_NOT_FOUND`, `ARCHIVE_SEALED`; the audit entry of the refusal is committed by then
   */
  async enter<Result>(
    customerId: string,
    attempt: AccessAttempt,
    actor: Actor,
    read: () => Promise<Result>,
  ): Promise<Result> {
    const result = await this.transaction.run(async () => {
      const { anonymizedAt } = await this.locks.lockForReading(customerId);
      if (anonymizedAt === null) return read();
      await this.recordRefusal(customerId, attempt, actor);
      return SEALED;
    });
    if (result === SEALED) throw new DomainError('ARCHIVE_SEALED');
    return result;
  }

  private recordRefusal(customerId: string, attempt: AccessAttempt, { id, role }: Actor): Promise<void> {
    return this.audit.record({
      action: 'ARCHIVE_ACCESS_REFUSED',
      module: 'archive',
      outcome: 'REFUSED',
      actorId: id,
      actorRole: role,
      customerId,
      details: { ...attempt },
    });
  }
}
