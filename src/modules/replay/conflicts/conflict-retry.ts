import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { retryTransient } from '../../../platform/database/transient-failure';
import { ErasureConflicts } from '../../audit';
import { RepeatedActions } from '../repetition/repeated-actions';
import { NOTHING_REPLAYED, type ReplayTally } from '../repetition/replay-tally';
import { ConflictExamination, type ExaminedConflict, isAboutStranger } from './conflict-examination';
import { failureCodeOf } from './failed-replays';

/** Retries open conflicts, each in a separate transaction. A conflict that fails again stays open. */
@Injectable()
export class ConflictRetry {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly conflicts: ErasureConflicts,
    private readonly examination: ConflictExamination,
    private readonly actions: RepeatedActions,
  ) {}

  /** @throws errors that are not caused by one customer */
  async retryAll(): Promise<Pick<ReplayTally, 'erased' | 'merged'>> {
    const open = await this.transaction.run(() => this.conflicts.findOpen());
    const counts = { erased: 0, merged: 0 };
    for (const { id } of open) {
      const { erased, merged } = await this.retryOne(id);
      counts.erased += erased;
      counts.merged += merged;
    }
    return counts;
  }

  private async retryOne(conflictId: string): Promise<ReplayTally> {
    try {
      return await retryTransient(() => this.transaction.run(() => this.repeat(conflictId)));
    } catch (error) {
      if (failureCodeOf(error) === null) throw error;
      return NOTHING_REPLAYED;
    }
  }

  private async repeat(conflictId: string): Promise<ReplayTally> {
    const open = (await this.conflicts.findOpen()).some(({ id }) => id === conflictId);
    if (!open) return NOTHING_REPLAYED; // settled together with another conflict
    const examined = await this.examination.examineOne(conflictId);
    const resolution = closedAs(examined);
    if (resolution === null) return this.actions.repeatFor(examined.conflict.customerId, examined);
    await this.conflicts.settleOne(conflictId, resolution);
    return NOTHING_REPLAYED;
  }
}

/** How the customer has been closed since: erased, merged, or null for neither. */
function closedAs({ conflict, customer }: ExaminedConflict): 'ERASED' | 'MERGED' | null {
  if (customer === null || isAboutStranger(conflict)) return null;
  if (customer.isAnonymized) return 'ERASED';
  return customer.mergedIntoId === null ? null : 'MERGED';
}
