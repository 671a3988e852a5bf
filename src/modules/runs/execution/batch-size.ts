import { Injectable } from '@nestjs/common';
import { type BatchDuration, fitBatchCost } from './batch-cost';

/** Target duration of a transaction. An employee may wait this long for one of its customers. */
const TARGET_MS = 500;
/** Duration that a batch may take to keep {@link MAX_FIXED_SHARE}. */
const MAX_MS = 2_000;
/** Share of the duration that may go to the fixed cost, such as round trips and the commit. */
const MAX_FIXED_SHARE = 1 / 5;

const INITIAL_CUSTOMERS = 100;
/** Bounds memory: with 40 records per customer, the process reached 258 MB in batches of 250, and 310 in those of 500. */
const USUAL_MAX_CUSTOMERS = 250;
/** Limit where the fixed cost is large. */
const MAX_CUSTOMERS = 500;

/** Number of latest batches from which the cost is learned. */
const WINDOW = 24;
/** Interval of probes: batches of half the size, because batches of one size do not show the fixed cost. */
const PROBE_INTERVAL = 6;

/**
 * The number of customers in a batch. It follows from the fixed cost of a batch and the cost of a customer, which are
 * learned from the latest batches. A stall of the machine changes neither, because both are medians.
 */
@Injectable()
export class BatchSize {
  private readonly latest: BatchDuration[] = [];
  private target = INITIAL_CUSTOMERS;
  private batches = 0;

  get customers(): number {
    const isProbe = this.batches % PROBE_INTERVAL === PROBE_INTERVAL - 1;
    return Math.max(Math.round(isProbe ? this.target / 2 : this.target), 1);
  }

  /** Learns from a batch. The end of a run counts as well: its size is known. */
  adapt(customers: number, milliseconds: number): void {
    if (customers === 0) return;
    this.batches++;
    this.latest.push({ customers, milliseconds });
    if (this.latest.length > WINDOW) this.latest.shift();
    const fitting = fittingCustomers(this.latest);
    this.target = Math.min(Math.max(fitting, this.target / 2), this.target * 2);
  }
}

function fittingCustomers(latest: readonly BatchDuration[]): number {
  const { fixedMs, customerMs } = fitBatchCost(latest);
  const inTime = Math.min((TARGET_MS - fixedMs) / customerMs, USUAL_MAX_CUSTOMERS);
  const forShare = (fixedMs * (1 / MAX_FIXED_SHARE - 1)) / customerMs;
  // a fixed cost above the limit leaves the customers the target time of their own
  const limit = Math.max(MAX_MS - fixedMs, TARGET_MS) / customerMs;
  return Math.max(Math.min(Math.max(inTime, forShare), limit, MAX_CUSTOMERS), 1);
}
