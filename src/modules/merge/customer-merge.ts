import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import type { Actor } from '../../platform/auth/actor';
import { AuditLog } from '../audit';
import { CustomerLocks, CustomerRows, type MergedCustomer } from '../customer';
import { type Leftover, leftoversOf, MAX_NOTE_CHARACTERS, noteAfterMerge } from './leftovers';
import { RecordMoves, type RowsOfMerge } from './record-moves';

interface Pair {
  readonly source: MergedCustomer;
  readonly target: MergedCustomer;
}

/** The effects of a merge. */
export interface MergePlan extends RowsOfMerge {
  /** values appended to the target's note, because the target has another value in the column */
  readonly leftovers: readonly Leftover[];
}

/** Merges one customer into another, in one transaction. */
@Injectable()
export class CustomerMerge {
  constructor(
    private readonly locks: CustomerLocks,
    private readonly rows: CustomerRows,
    private readonly records: RecordMoves,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED`, `LEGAL_HOLD`,
   *   `MERGE_NOTE_TOO_LONG`
   */
  async merge(sourceId: string, targetId: string, actor: Actor): Promise<RowsOfMerge> {
    await this.lock(sourceId, targetId);
    const pair = await this.requireMergeable(sourceId, targetId);
    const rows = await this.moveIntoTarget(pair, actor);
    await this.record(pair, actor, rows);
    return rows;
  }

  /** Returns what {@link merge} would do now, without any change. Throws the same errors. */
  async plan(sourceId: string, targetId: string): Promise<MergePlan> {
    const { source, target } = await this.requireMergeable(sourceId, targetId);
    return { ...(await this.records.count(source, target)), leftovers: leftoversOf(source, target) };
  }

  /**
   * Repeats a merge after a restore. The caller audits it. A merge that was allowed once is not checked for legal holds
   * or a long note again.
   *
   * @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED`
   */
  async repeat(sourceId: string, targetId: string, actor: Actor): Promise<RowsOfMerge> {
    await this.lock(sourceId, targetId);
    return this.moveIntoTarget(await this.requireOpen(sourceId, targetId), actor);
  }

  /** Excludes concurrent bookings and anonymizations. */
  private async lock(sourceId: string, targetId: string): Promise<void> {
    await this.locks.lockForAnonymization([sourceId, targetId]);
  }

  /**
   * Closes the source before its records move: the database lets issued documents change their customer only from a
   * merged customer to its target.
   */
  private async moveIntoTarget({ source, target }: Pair, actor: Actor): Promise<RowsOfMerge> {
    await this.rows.rememberNames(source, target);
    await this.rows.fillTarget(source, target, noteAfterMerge(source, target, leftoversOf(source, target)));
    await this.rows.closeSource(source, target);
    const rows = await this.records.move(source, target, actor);
    await this.rows.refreshSearch(target);
    return rows;
  }

  private async requireMergeable(sourceId: string, targetId: string): Promise<Pair> {
    const pair = await this.requireOpen(sourceId, targetId);
    const { source, target } = pair;
    // a hold is a decision about one person: an employee must lift it, a merge never moves it
    const held = [source, target].find(({ isUnderLegalHold }) => isUnderLegalHold);
    if (held !== undefined) throw new DomainError('LEGAL_HOLD', { customerId: held.id });
    const note = noteAfterMerge(source, target, leftoversOf(source, target)) ?? '';
    if ([...note].length > MAX_NOTE_CHARACTERS)
      throw new DomainError('MERGE_NOTE_TOO_LONG', { maximum: MAX_NOTE_CHARACTERS });
    return pair;
  }

  private async requireOpen(sourceId: string, targetId: string): Promise<Pair> {
    return { source: await this.findOpen(sourceId), target: await this.findOpen(targetId) };
  }

  /** Reads in a later statement than the lock, which may have waited for the commit that closed the customer. */
  private async findOpen(customerId: string): Promise<MergedCustomer> {
    const customer = await this.rows.find(customerId);
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.isAnonymized) throw new DomainError('CUSTOMER_ANONYMIZED');
    if (customer.isMerged) throw new DomainError('CUSTOMER_MERGED');
    return customer;
  }

  /** The numbers and creation times let a replay verify that it merges the same customers. */
  private record({ source, target }: Pair, actor: Actor, { moved, dropped }: RowsOfMerge): Promise<void> {
    return this.audit.record({
      action: 'CUSTOMERS_MERGED',
      module: 'customer',
      outcome: 'SUCCEEDED',
      actorId: actor.id,
      actorRole: actor.role,
      customerId: source.id,
      details: {
        customerNumber: source.customerNumber,
        createdAt: source.createdAt.toISOString(),
        intoCustomerId: target.id,
        intoCustomerNumber: target.customerNumber,
        intoCreatedAt: target.createdAt.toISOString(),
        moved,
        dropped,
      },
    });
  }
}
