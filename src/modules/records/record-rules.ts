import type { BusinessDate } from '../../kernel/business-date';

/** The context in which a record is written. */
export interface Booking {
  /** customer, locked for booking */
  readonly customerId: string;
  /** read once per transaction */
  readonly today: BusinessDate;
  /** ids of the records that the fields refer to, by property */
  readonly references: Readonly<Record<string, string>>;
}

/** Special rules of a kind of record, in the transaction that adds one. */
export interface RecordRules<Fields extends object> {
  /**
   * Checks the record before it is written. Returns fields to be written in addition to the given ones, or instead of
   * them.
   *
   * @throws DomainError when the record is not allowed
   */
  complete?(fields: Fields, booking: Booking): Promise<Partial<Fields>>;

  /** Applies the consequences of the new record. */
  added?(id: string, fields: Fields, booking: Booking): Promise<void>;
}
