import type { ReadRows } from './read-rows';
import { NIL_UUID } from '../../../platform/ids';
import { SELECT_UNDONE, SELECT_UNPROVEN } from '../queries/erasure-reconciliation.queries';

/** Customers whose row and audit entries contradict each other; ids only. */
export interface Reconciliation {
  /**
   * anonymized without an entry of each module, and not erased together with another customer of the same person
   * according to the log
   */
  readonly unproven: readonly string[];
  /** not anonymized, although an entry records it */
  readonly undone: readonly string[];
}

interface Page {
  /** the last id that was compared; null after the end */
  readonly last: string | null;
  readonly found: readonly string[];
}

const CUSTOMERS_PER_PAGE = 10_000;

/** Compares every customer's row with the entries of the audit log, page by page and in both directions. */
export class ErasureReconciliation {
  constructor(private readonly read: ReadRows) {}

  async reconcile(): Promise<Reconciliation> {
    return { unproven: await this.findCustomers(SELECT_UNPROVEN), undone: await this.findCustomers(SELECT_UNDONE) };
  }

  private async findCustomers(pageOf: string): Promise<string[]> {
    const found: string[] = [];
    for (let last: string | null = NIL_UUID; last !== null;) {
      const [page]: Page[] = await this.read<Page>(pageOf, [last, CUSTOMERS_PER_PAGE]);
      found.push(...page!.found);
      last = page!.last;
    }
    return found;
  }
}
