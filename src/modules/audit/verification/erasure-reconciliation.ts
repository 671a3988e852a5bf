import type { ReadRows } from './read-rows';
import { NIL_UUID } from '../../../platform/ids';

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

/**
 * The action is compared in a form that no index has: without statistics the planner would read all entries of the
 * action for each customer.
 */
const UNPROVEN = `
  WITH page AS MATERIALIZED (
    SELECT id, anonymized_at FROM public.customer WHERE id > $1::uuid ORDER BY id LIMIT $2)
  SELECT (SELECT id::text FROM page ORDER BY id DESC LIMIT 1) AS last,
    ARRAY(
      SELECT page.id::text
      FROM page
      WHERE page.anonymized_at IS NOT NULL
        AND (
          SELECT count(DISTINCT e.content ->> 'module') FROM audit.entry e
          WHERE e.content ->> 'customerId' = page.id::text
            AND (e.content ->> 'action') || '' = 'CUSTOMER_DATA_ANONYMIZED') <> 5
        AND NOT EXISTS (
          SELECT FROM audit.erased_with(page.id) AS origin (id)
          WHERE (
            SELECT count(DISTINCT repeated.content ->> 'module') FROM audit.entry repeated
            WHERE repeated.content ->> 'customerId' = page.id::text
              AND (repeated.content ->> 'action') || '' = 'ERASURE_REPLAYED'
              AND repeated.content ->> 'outcome' = 'SUCCEEDED'
              AND EXISTS (
                SELECT FROM audit.entry e
                WHERE e.content ->> 'customerId' = origin.id::text
                  AND (e.content ->> 'action') || '' = 'CUSTOMER_DATA_ANONYMIZED'
                  AND e.content ->> 'module' = repeated.content ->> 'module'
                  AND (e.content ->> 'runId') || '' = repeated.content ->> 'runId'
                OFFSET 0)) = 5)
      ORDER BY page.id) AS found`;

/** A replay that found another person under the customer's id has recorded that in a separate entry. */
const UNDONE = `
  WITH page AS MATERIALIZED (
    SELECT DISTINCT e.content ->> 'customerId' AS id
    FROM audit.entry e
    WHERE e.content ->> 'action' = 'CUSTOMER_DATA_ANONYMIZED' AND e.content ->> 'customerId' > $1
    ORDER BY 1
    LIMIT $2)
  SELECT (SELECT id FROM page ORDER BY id DESC LIMIT 1) AS last,
    ARRAY(
      SELECT page.id
      FROM page
      WHERE EXISTS (SELECT FROM public.customer c WHERE c.id = page.id::uuid AND c.anonymized_at IS NULL)
        AND NOT EXISTS (
          SELECT FROM audit.entry e
          WHERE e.content ->> 'customerId' = page.id
            AND (e.content ->> 'action') || '' = 'ERASURE_REPLAYED'
            AND e.content ->> 'outcome' = 'REFUSED')
      ORDER BY page.id) AS found`;

/** Compares every customer's row with the entries of the audit log, page by page and in both directions. */
export class ErasureReconciliation {
  constructor(private readonly read: ReadRows) {}

  async reconcile(): Promise<Reconciliation> {
    return { unproven: await this.findCustomers(UNPROVEN), undone: await this.findCustomers(UNDONE) };
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
