import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import type { Actor } from '../../platform/auth/actor';
import { AuditLog } from '../audit';
import { CustomerLocks } from '../customer';
import { CustomerRows, type MergedCustomer } from './customer-rows';
import { RecordMoves } from './record-moves';

export type MovedRows = Readonly<Record<string, number>>;

interface Merged {
  readonly source: MergedCustomer;
  readonly target: MergedCustomer;
  readonly moved: MovedRows;
}

/** One customer becomes part of another: everything in one transaction, the source's own row last. */
@Injectable()
export class CustomerMerge {
  constructor(
    private readonly locks: CustomerLocks,
    private readonly rows: CustomerRows,
    private readonly records: RecordMoves,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED` */
  async merge(sourceId: string, targetId: string, actor: Actor): Promise<MovedRows> {
    const { source, target, moved } = await this.carryOut(sourceId, targetId, actor);
    await this.record(source, target, actor, moved);
    return moved;
  }

  /** The same again, after a restore: whoever repeats it says so in the log. Errors as in {@link merge}. */
  async repeat(sourceId: string, targetId: string, actor: Actor): Promise<MovedRows> {
    return (await this.carryOut(sourceId, targetId, actor)).moved;
  }

  private async carryOut(sourceId: string, targetId: string, actor: Actor): Promise<Merged> {
    await this.locks.lockForAnonymization([sourceId, targetId]); // no booking may slip in between, and no anonymization
    const source = await this.requireOpen(sourceId);
    const target = await this.requireOpen(targetId);
    await this.rows.markMerged(source, target); // issued documents move to no other customer
    const moved = await this.records.move(source, target, actor);
    await this.rows.rememberNames(source, target);
    await this.rows.fillTarget(source, target);
    await this.rows.closeSource(source, target);
    return { source, target, moved };
  }

  /** A later statement than the lock, which may have waited for the very commit that closed the customer. */
  private async requireOpen(customerId: string): Promise<MergedCustomer> {
    const customer = await this.rows.find(customerId);
    if (customer === undefined) throw new DomainError('CUSTOMER_NOT_FOUND');
    if (customer.isAnonymized) throw new DomainError('CUSTOMER_ANONYMIZED');
    if (customer.isMerged) throw new DomainError('CUSTOMER_MERGED');
    return customer;
  }

  /** Numbers and instants of creation let a replay make sure that it means the same customers. */
  private record(source: MergedCustomer, target: MergedCustomer, actor: Actor, moved: MovedRows): Promise<void> {
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
      },
    });
  }
}
