/** Locks customers before their records are written. The customer module provides it. */
export abstract class BookingLock {
  /** @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED` */
  abstract lockForBooking(...customerIds: readonly string[]): Promise<void>;
}
