import { Injectable } from '@nestjs/common';
import { DomainError } from '../../kernel/domain-error';
import { Clock } from '../../platform/clock/clock';
import { TransactionRunner } from '../../platform/database/transaction-runner';
import { BookingLock } from './booking-lock';
import type { ActionableRecord, StoredRecord } from './record-definition';
import type { Booking } from './record-rules';
import { RecordStore } from './record-store';

/** The context of an action on a record. An action adds no references. */
export type Action = Omit<Booking, 'references'>;

/**
 * Runs actions on records. Each is a transaction that locks the customer first, then the record, and reads it under
 * lock.
 */
@Injectable()
export class LockedRecords {
  constructor(
    private readonly transaction: TransactionRunner,
    private readonly lock: BookingLock,
    private readonly store: RecordStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Applies the changes that `decide` returns, and returns the changed record.
   *
   * @throws DomainError `…_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED`, and what `decide` throws
   */
  change<Fields extends object, Shown extends object>(
    record: ActionableRecord<Fields, Shown>,
    id: string,
    decide: (
      stored: NoInfer<StoredRecord<Fields, Shown>>,
      action: Action,
    ) => NoInfer<Partial<Fields>> | Promise<NoInfer<Partial<Fields>> | void>,
  ): Promise<StoredRecord<Fields, Shown>> {
    return this.within(record, id, async (stored, action) => {
      await this.store.update(record, id, (await decide(stored, action)) ?? {});
      return this.read(record, id, action);
    });
  }

  /** Runs `work` while the record is locked and its customer cannot be anonymized. */
  within<Fields extends object, Shown extends object, Result>(
    record: ActionableRecord<Fields, Shown>,
    id: string,
    work: (stored: StoredRecord<Fields, Shown>, action: Action) => Promise<Result>,
  ): Promise<Result> {
    return this.transaction.run(async () => {
      const action = { customerId: await this.customerOf(record, id), today: this.clock.today() };
      await this.lock.lockForBooking(action.customerId);
      await this.transaction.query(`SELECT FROM ${record.table} WHERE id = $1 FOR UPDATE`, [id]);
      // read in a later statement than the lock, which may have waited for another change
      return work(await this.read(record, id, action), action);
    });
  }

  /** Reads the record in the transaction in progress. */
  async read<Fields extends object, Shown extends object>(
    record: ActionableRecord<Fields, Shown>,
    id: string,
    { customerId, today }: Action,
  ): Promise<StoredRecord<Fields, Shown>> {
    const stored = await this.store.find(record, customerId, today, id);
    if (stored === undefined) throw new DomainError(record.notFound);
    return stored;
  }

  private async customerOf<Fields extends object, Shown extends object>(
    { table, notFound }: ActionableRecord<Fields, Shown>,
    id: string,
  ): Promise<string> {
    const [owner] = await this.transaction.query<{ customerId: string }>(
      `SELECT customer_id AS "customerId" FROM ${table} WHERE id = $1`,
      [id],
    );
    if (owner === undefined) throw new DomainError(notFound);
    return owner.customerId;
  }
}
