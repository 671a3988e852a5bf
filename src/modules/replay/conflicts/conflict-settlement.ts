import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { retryTransient } from '../../../platform/database/transient-failure';
import { type DismissalReason, ErasureConflicts, type OpenConflict } from '../../audit';
import { UncheckedErasure } from '../repetition/unchecked-erasure';
import { ConflictExamination, type ExaminedConflict, isAboutStranger } from './conflict-examination';
import { ConflictRetry } from './conflict-retry';

/** An operator's decision about conflicts. */
export type Settlement =
  | { readonly kind: 'RETRY' }
  /** The customer in the database is the person whom the ledger records as erased. */
  | { readonly kind: 'ERASE'; readonly conflictId: string; readonly customerNumber: string }
  /** Nothing has to be erased. */
  | { readonly kind: 'DISMISS'; readonly conflictId: string; readonly reason: DismissalReason };

export interface ListedConflict extends OpenConflict {
  /** of the customer in the database; null without one */
  readonly customerNumber: string | null;
  /** whether the log contains an erasure that is still to be carried out */
  readonly isErasureRecorded: boolean;
}

export interface SettledConflicts {
  readonly erased: number;
  readonly merged: number;
  readonly dismissed: number;
  /** the remaining conflicts */
  readonly open: readonly ListedConflict[];
}

const NOTHING = { erased: 0, merged: 0, dismissed: 0 };

/** Settles the conflicts of a replay. Each settlement is one transaction, audited as `ERASURE_CONFLICT_RESOLVED`. */
@Injectable()
export class ConflictSettlement {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly examination: ConflictExamination,
    private readonly retry: ConflictRetry,
    private readonly conflicts: ErasureConflicts,
    private readonly unchecked: UncheckedErasure,
  ) {}

  /**
   * @param settlement null only lists the conflicts
   * @throws DomainError `CONFLICT_NOT_FOUND`, `ERASURE_NOT_RECORDED`, `CUSTOMER_NOT_FOUND`, `CONFIRMATION_MISMATCH`,
   *   `LEGAL_HOLD`, `CONFLICT_NOT_DISMISSIBLE`, and the reason of a failed erasure; then nothing is changed
   */
  async settle(settlement: Settlement | null): Promise<SettledConflicts> {
    const done = settlement === null ? NOTHING : await this.applySettlement(settlement);
    const examined = await this.transaction.run(() => this.examination.examineAll());
    return { ...NOTHING, ...done, open: examined.map(listed) };
  }

  private async applySettlement(settlement: Settlement): Promise<Partial<typeof NOTHING>> {
    if (settlement.kind === 'RETRY') return this.retry.retryAll();
    return retryTransient(() =>
      this.transaction.run(async () => {
        const examined = await this.examination.examineOne(settlement.conflictId);
        if (settlement.kind === 'ERASE') {
          await this.erase(examined, settlement.customerNumber);
          return { erased: 1 };
        }
        await this.dismiss(examined, settlement.reason);
        return { dismissed: 1 };
      }),
    );
  }

  /**
   * Anonymizes the customer whom the operator has identified. The customer number confirms the choice, because an
   * anonymization cannot be undone. A legal hold prevents it for a customer who is not the one in the ledger.
   */
  private async erase({ conflict, erasure, merge, customer }: ExaminedConflict, customerNumber: string): Promise<void> {
    if (erasure === null) throw new DomainError('ERASURE_NOT_RECORDED');
    if (customer === null || customer.isAnonymized || customer.mergedIntoId !== null)
      throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.customerNumber !== customerNumber) throw new DomainError('CONFIRMATION_MISMATCH');
    if (customer.isUnderLegalHold && isAboutStranger(conflict)) throw new DomainError('LEGAL_HOLD');
    // first: the database accepts the erasure of a customer who is not in the ledger only when the log contains the
    // decision
    await this.conflicts.settleForCustomers([conflict.customerId], 'ERASED');
    await this.unchecked.anonymize([customer], erasure, merge === null ? undefined : erasure.customer.id);
  }

  private async dismiss(examined: ExaminedConflict, reason: DismissalReason): Promise<void> {
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

const listed = ({ conflict, erasure, customer }: ExaminedConflict): ListedConflict => ({
  ...conflict,
  customerNumber: customer?.customerNumber ?? null,
  isErasureRecorded: erasure !== null,
});
