import { Injectable } from '@nestjs/common';

/** Milliseconds that a transaction should take: long enough to pay for itself, short enough for a clerk who waits for one of its customers. */
const TARGET_MS = 500;
const FIRST = 100;
const LARGEST = 500;

/** How many customers a set has: as many as fit into the target time on this machine, this database and these customers, learned set by set. */
@Injectable()
export class SetSizing {
  private customers = FIRST;

  get size(): number {
    return Math.round(this.customers);
  }

  /** A smaller set than asked for is the rest of a run and says nothing. */
  learn(customers: number, milliseconds: number): void {
    if (customers < this.size) return;
    const fitting = (customers * TARGET_MS) / Math.max(milliseconds, 1);
    const step = Math.min(Math.max(fitting, this.customers / 2), this.customers * 2);
    this.customers = Math.min(Math.max((this.customers + step) / 2, 1), LARGEST);
  }
}
