import { Injectable } from '@nestjs/common';

/**
 * Target duration of a transaction: long enough to be efficient, short enough for an employee who waits for one of its
 * customers.
 */
const TARGET_MS = 500;
const INITIAL_CUSTOMERS = 100;
const MAX_CUSTOMERS = 500;

/**
 * The number of customers in a batch. It adapts after each batch, so that a batch takes the target time on this machine
 * and database.
 */
@Injectable()
export class BatchSize {
  private average = INITIAL_CUSTOMERS;

  get customers(): number {
    return Math.round(this.average);
  }

  /** Ignores a batch smaller than requested: it is the end of a run, so its duration says nothing. */
  adapt(customers: number, milliseconds: number): void {
    if (customers < this.customers) return;
    const fitting = (customers * TARGET_MS) / Math.max(milliseconds, 1);
    const step = Math.min(Math.max(fitting, this.average / 2), this.average * 2);
    this.average = Math.min(Math.max((this.average + step) / 2, 1), MAX_CUSTOMERS);
  }
}
