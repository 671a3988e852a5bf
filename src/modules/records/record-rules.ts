import type { BusinessDate } from '../../kernel/business-date';

/** The circumstances under which a record is written. */
export interface Booking {
  /** locked for booking */
  readonly customerId: string;
  /** read once per transaction */
  readonly today: BusinessDate;
  /** ids of the records that the fields refer to, by property */
  readonly references: Readonly<Record<string, string>>;
}

/** What is special about a kind of record, in the transaction that adds one. */
export interface RecordRules<Fields extends object> {
  /**
   * Judges the record before it is written; answers with what is to be written in addition to the fields, or instead of
   * them.
   *
   * @throws DomainError for what is not allowed
   */
  complete?(fields: Fields, booking: Booking): Promise<Partial<Fields>>;

  /** Does what follows from the new record. */
  added?(id: string, fields: Fields, booking: Booking): Promise<void>;
}
