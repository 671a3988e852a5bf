import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { type DismissalReason, ErasureConflicts } from '../audit';
import { type ExaminedConflict, isAboutStranger } from './conflicts-in-database';
import { ErasureRepetition } from './erasure-repetition';

/** Carries out an operator's decision about a conflict, in the transaction in progress. */
@Injectable()
export class ConflictDecisions {
  constructor(
    private readonly repetition: ErasureRepetition,
    private readonly conflicts: ErasureConflicts,
  ) {}

  /**
   * Anonymizes the customer whom the operator has identified. The customer number confirms the choice, because an
   * anonymization cannot be undone. A legal hold prevents it for a customer who is not the one in the ledger.
   *
   * @throws DomainError `ERASURE_NOT_RECORDED`, `CUSTOMER_NOT_FOUND`, `CONFIRMATION_MISMATCH`, `LEGAL_HOLD`
   */
  async erase({ conflict, erasure, merge, customer }: ExaminedConflict, customerNumber: string): Promise<void> {
    if (erasure === null) throw new DomainError('ERASURE_NOT_RECORDED');
    if (customer === null || customer.isAnonymized || customer.mergedIntoId !== null)
      throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.customerNumber !== customerNumber) throw new DomainError('CONFIRMATION_MISMATCH');
    if (customer.isUnderLegalHold && isAboutStranger(conflict)) throw new DomainError('LEGAL_HOLD');
    // first: the database accepts the erasure of a customer who is not in the ledger only when the log contains the
    // decision
    await this.conflicts.settleForCustomers([conflict.customerId], 'ERASED');
    await this.repetition.anonymize([customer], erasure, merge === null ? undefined : erasure.customer.id);
  }

  /** @throws DomainError `CONFLICT_NOT_DISMISSIBLE` */
  async dismiss(examined: ExaminedConflict, reason: DismissalReason): Promise<void> {
    if (!isDismissible(examined, reason)) throw new DomainError('CONFLICT_NOT_DISMISSIBLE');
    await this.conflicts.settleOne(examined.conflict.id, 'DISMISSED', reason);
  }
}

/**
 * Whether a conflict can be dismissed. A recorded erasure of the same customer never can; a merge can, unless a
 * customer was erased after it.
 */
function isDismissible({ conflict, erasure }: ExaminedConflict, reason: DismissalReason): boolean {
  if (reason === 'ANOTHER_PERSON') return isAboutStranger(conflict);
  return !isAboutStranger(conflict) && erasure === null;
}
