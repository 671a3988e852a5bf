import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel/domain-error';
import { TransactionRunner } from '../../../platform/database/transaction-runner';
import { ErasureConflicts, findEntry, findFirstErasure, type OpenConflict } from '../../audit';
import { CustomerLocks, findIdentities, LegalHolds } from '../../customer';
import { erasureIn, mergeIn, readEntry, type RecordedErasure, type RecordedMerge } from '../ledger/ledger-entry';
import { MergeHistory } from '../ledger/merge-history';
import type { RestoredCustomer } from '../restored/restored-customers';

/** The customer in the database who is in conflict, locked. */
export interface ConflictingCustomer extends RestoredCustomer {
  readonly isUnderLegalHold: boolean;
}

/** A conflict with the related data of log and database. */
export interface ExaminedConflict {
  readonly conflict: OpenConflict;
  /** the erasure that was not repeated; for a merge, the erasure of its final target */
  readonly erasure: RecordedErasure | null;
  readonly merge: RecordedMerge | null;
  /** null when the database has no counterpart of the ledger's customer */
  readonly customer: ConflictingCustomer | null;
}

/** Whether the customer in the database may be a different person from the one in the ledger. */
export const isAboutStranger = ({ code }: OpenConflict): boolean =>
  code === 'NUMBER_TAKEN' || code === 'CUSTOMER_DIFFERS';

/** Compares open conflicts with log and database, in the transaction in progress. */
@Injectable()
export class ConflictExamination {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly conflicts: ErasureConflicts,
    private readonly history: MergeHistory,
    private readonly locks: CustomerLocks,
    private readonly holds: LegalHolds,
  ) {}

  async examineAll(): Promise<ExaminedConflict[]> {
    const examined: ExaminedConflict[] = [];
    for (const conflict of await this.conflicts.findOpen()) examined.push(await this.examine(conflict));
    return examined;
  }

  /** @throws DomainError `CONFLICT_NOT_FOUND` */
  async examineOne(conflictId: string): Promise<ExaminedConflict> {
    const conflict = (await this.conflicts.findOpen()).find(({ id }) => id === conflictId);
    if (conflict === undefined) throw new DomainError('CONFLICT_NOT_FOUND');
    return this.examine(conflict);
  }

  private async examine(conflict: OpenConflict): Promise<ExaminedConflict> {
    await this.history.loadMerges();
    const canonical = await findEntry(this.transaction, conflict.entryId);
    const entry = canonical === undefined ? null : readEntry(canonical);
    const merge = entry && mergeIn(entry);
    return {
      conflict,
      merge,
      erasure: (entry && erasureIn(entry)) ?? (merge && (await this.erasureBehind(merge))),
      customer: await this.find(isAboutStranger(conflict) ? conflict.otherCustomerId : conflict.customerId),
    };
  }

  /** The erasure that followed a merge: that of the first erased customer along the chain of targets. */
  private async erasureBehind({ source }: RecordedMerge): Promise<RecordedErasure | null> {
    const canonical = await findFirstErasure(this.transaction, this.history.targetsOf(source.id));
    return canonical === undefined ? null : erasureIn(readEntry(canonical));
  }

  private async find(customerId: string | null): Promise<ConflictingCustomer | null> {
    if (customerId === null) return null;
    await this.locks.lockForAnonymization([customerId]);
    const [customer] = await findIdentities(this.transaction, [customerId], []);
    return customer === undefined ? null : { ...customer, isUnderLegalHold: await this.holds.isInForce(customerId) };
  }
}
