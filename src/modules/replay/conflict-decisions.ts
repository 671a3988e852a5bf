import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { type DismissalReason, ErasureConflicts } from '../audit';
import { type ExaminedConflict, isAboutStranger } from './conflicts-in-database';
import { ErasureRepetition } from './erasure-repetition';

/** Carries out what an operator has decided about a conflict, in the transaction in progress. */
@Injectable()
export class ConflictDecisions {
  constructor(
    private readonly repetition: ErasureRepetition,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /**
   * Anonymizes the customer whom the operator has recognized. The customer number confirms who is meant, because the
   * act cannot be undone. A hold of a customer whom the ledger does not name stops it.
   *
   * @throws DomainError `ERASURE_NOT_RECORDED`, `CUSTOMER_NOT_FOUND`, `CONFIRMATION_MISMATCH`, `LEGAL_HOLD`
   */
  async erase({ conflict, erasure, merge, customer }: ExaminedConflict, customerNumber: string): Promise<void> {
    if (erasure === null) throw new DomainError('ERASURE_NOT_RECORDED');
    if (customer === null || customer.isAnonymized || customer.mergedIntoId !== null)
      throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.customerNumber !== customerNumber) throw new DomainError('CONFIRMATION_MISMATCH');
    if (customer.isUnderLegalHold && isAboutStranger(conflict)) throw new DomainError('LEGAL_HOLD');
    // first: the database accepts the erasure of a customer whom the ledger does not name where the log holds the
    // decision
    await this.conflicts.settleAbout([conflict.customerId], 'ERASED');
    await this.repetition.anonymize([customer], erasure, merge === null ? undefined : erasure.customer.id);
  }

  /** @throws DomainError `CONFLICT_NOT_DISMISSIBLE` */
  async dismiss(examined: ExaminedConflict, reason: DismissalReason): Promise<void> {
    if (!isDismissible(examined, reason)) throw new DomainError('CONFLICT_NOT_DISMISSIBLE');
    await this.conflicts.settleOne(examined.conflict.id, 'DISMISSED', reason);
  }
}

/** A recorded erasure of the very customer is never dismissed; a merge is, where nobody was erased behind it. */
function isDismissible({ conflict, erasure }: ExaminedConflict, reason: DismissalReason): boolean {
  if (reason === 'ANOTHER_PERSON') return isAboutStranger(conflict);
  return !isAboutStranger(conflict) && erasure === null;
}
