import type { BusinessDate } from '../../../kernel/business-date';

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
export abstract class RecordRules<Fields extends object> {
  /**
   * Judges the record before it is written, and may complete it.
   *
   * @throws DomainError for what is not allowed
   */
  complete(fields: Fields, booking: Booking): Promise<Partial<Fields>> | Partial<Fields> {
    void booking;
    return fields;
  }

  /** Does what follows from the new record. */
  async added(id: string, fields: Fields, booking: Booking): Promise<void> {
    await Promise.resolve([id, fields, booking]);
  }
}
