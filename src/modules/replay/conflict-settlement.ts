import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { retryTransient } from '../../platform/database/transient-failure';
import type { DismissalReason, OpenConflict } from '../audit';
import { ConflictDecisions } from './conflict-decisions';
import { ConflictRetry } from './conflict-retry';
import { ConflictsInDatabase, type ExaminedConflict } from './conflicts-in-database';

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
    private readonly inDatabase: ConflictsInDatabase,
    private readonly retry: ConflictRetry,
    private readonly decisions: ConflictDecisions,
  ) {}

  /**
   * @param settlement null only lists the conflicts
   * @throws DomainError `CONFLICT_NOT_FOUND`, `ERASURE_NOT_RECORDED`, `CUSTOMER_NOT_FOUND`, `CONFIRMATION_MISMATCH`,
   *   `LEGAL_HOLD`, `CONFLICT_NOT_DISMISSIBLE`, and the reason of a failed erasure; then nothing is changed
   */
  async settle(settlement: Settlement | null): Promise<SettledConflicts> {
    const done = settlement === null ? NOTHING : await this.applySettlement(settlement);
    const examined = await this.transaction.run(() => this.inDatabase.examineAll());
    return { ...NOTHING, ...done, open: examined.map(listed) };
  }

  private async applySettlement(settlement: Settlement): Promise<Partial<typeof NOTHING>> {
    if (settlement.kind === 'RETRY') return this.retry.retryAll();
    return retryTransient(() =>
      this.transaction.run(async () => {
        const examined = await this.inDatabase.examineOne(settlement.conflictId);
        if (settlement.kind === 'ERASE') {
          await this.decisions.erase(examined, settlement.customerNumber);
          return { erased: 1 };
        }
        await this.decisions.dismiss(examined, settlement.reason);
        return { dismissed: 1 };
      }),
    );
  }
}

const listed = ({ conflict, erasure, customer }: ExaminedConflict): ListedConflict => ({
  ...conflict,
  customerNumber: customer?.customerNumber ?? null,
  isErasureRecorded: erasure !== null,
});
