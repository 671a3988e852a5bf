/** Locks the customers whose records are about to be written. The customer module has the lock. */
export abstract class BookingLock {
  /** @throws DomainError `CUSTOMER_NOT_FOUND`, `CUSTOMER_ANONYMIZED`, `CUSTOMER_MERGED` */
  abstract lockForBooking(...customerIds: readonly string[]): Promise<void>;
}
