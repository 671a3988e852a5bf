import type { Client } from 'pg';
import type { DataMap } from '../../../src/modules/data-map';
import { anonymizedResidue } from '../../support/anonymized-residue';
import { until } from '../../support/until';

const NOBODY_IS_ANONYMIZED = `NOT EXISTS (SELECT FROM customer c WHERE c.id = ANY (owners) AND c.anonymized_at IS NOT NULL)`;

const MODULES = `'{archive,customer,device,finance,loyalty}'::text[]`;

/** Queries that must count zero. */
const NEVER: Readonly<Record<string, string>> = {
  'customer has not one entry per module if anonymized, or any if not': `
    SELECT count(*) FROM customer c LEFT JOIN (
      SELECT customer_id AS id, array_agg(module ORDER BY module) AS modules,
        array_agg(DISTINCT run_id::text) AS runs
      FROM audit.entry WHERE action = 'CUSTOMER_DATA_ANONYMIZED' GROUP BY 1) e ON e.id = c.id
    WHERE coalesce(e.modules, '{}') <> CASE WHEN c.anonymized_at IS NULL THEN '{}' ELSE ${MODULES} END
      OR coalesce(e.runs, '{}') <> array_remove(ARRAY[c.anonymization_run_id::text], NULL)`,
  'item says otherwise than its customer': `
    SELECT count(*) FROM anonymization_run_item i JOIN customer c ON c.id = i.customer_id
    WHERE (i.state = 'ANONYMIZED') <> (c.anonymization_run_id IS NOT DISTINCT FROM i.run_id)
      OR (i.state = 'ALREADY_ANONYMIZED' AND c.anonymized_at IS NULL)`,
  'anonymized customer has no item': `
    SELECT count(*) FROM customer c WHERE c.anonymized_at IS NOT NULL AND NOT EXISTS (
      SELECT FROM anonymization_run_item i WHERE i.run_id = c.anonymization_run_id AND i.customer_id = c.id AND i.state = 'ANONYMIZED')`,
  'refusal or failure is told by an entry and not by the item, or twice': `
    SELECT count(*) FROM (
      SELECT e.run_id AS run, e.customer_id AS customer, count(*) AS entries,
        bool_and(i.state = CASE e.action WHEN 'ANONYMIZATION_REFUSED' THEN 'BLOCKED' ELSE 'FAILED' END) AS agree
      FROM audit.entry e LEFT JOIN anonymization_run_item i
        ON i.run_id = e.run_id AND i.customer_id = e.customer_id
      WHERE e.action IN ('ANONYMIZATION_REFUSED', 'ANONYMIZATION_FAILED') GROUP BY 1, 2) told
    WHERE entries > 1 OR agree IS NOT TRUE`,
  'failed item has no entry': `
    SELECT count(*) FROM anonymization_run_item i WHERE i.state = 'FAILED' AND NOT EXISTS (
      SELECT FROM audit.entry e WHERE e.action = 'ANONYMIZATION_FAILED'
        AND e.run_id = i.run_id AND e.customer_id = i.customer_id)`,
  'anonymized customer with vouchers has not exactly one sealed copy per class and year': `
    SELECT count(*) FROM customer c WHERE c.anonymized_at IS NOT NULL
      AND EXISTS (SELECT FROM invoice i WHERE i.customer_id = c.id AND i.status = 'ISSUED' AND i.kind = 'INVOICE')
      AND (SELECT count(*) FILTER (WHERE d.retention_class = 'VOUCHER') = 0
             OR count(*) <> count(DISTINCT (d.retention_class, d.retention_until))
           FROM archive_document d WHERE d.customer_id = c.id AND d.type = 'SEALED_COPY')`,
  'run’s last entry counts otherwise than its items': `
    SELECT count(*) FROM audit.entry e WHERE action = 'ANONYMIZATION_RUN_COMPLETED'
      AND canonical::jsonb -> 'details' -> 'counts' IS DISTINCT FROM (
        SELECT jsonb_object_agg(state, items) FROM (
          SELECT state, count(*) AS items FROM anonymization_run_item i WHERE i.run_id = e.run_id GROUP BY state) s)`,
  'entry has no position, or a position no entry': `
    SELECT count(*) FROM audit.entry e FULL JOIN audit.position p ON p.entry_id = e.id
    WHERE e.id IS NULL OR p.entry_id IS NULL`,
  'position is missing': 'SELECT coalesce(max(sequence), 0) - count(*) AS count FROM audit.position',
};

/** Counts runs out of $1 that have not ended. */
const RUN_NOT_ENDED = `
    SELECT count(*) FROM unnest($1::uuid[]) AS wanted (id) LEFT JOIN anonymization_run r USING (id)
    WHERE r.state IS DISTINCT FROM 'COMPLETED' OR r.finished_at IS NULL
      OR EXISTS (SELECT FROM anonymization_run_item i WHERE i.run_id = r.id AND i.state = 'READY')
      OR array(SELECT e.action FROM audit.entry e WHERE e.run_id = r.id
        AND e.action LIKE 'ANONYMIZATION\\_RUN\\_%' ORDER BY 1)
        <> '{ANONYMIZATION_RUN_COMPLETED,ANONYMIZATION_RUN_CREATED,ANONYMIZATION_RUN_STARTED}'`;

/**
 * Checks that a fault left nothing inconsistent: no half-anonymized customer, no lost or duplicate audit entry, no
 * record added to an anonymized customer, no unfinished run. Reads the database only and uses none of the product's
 * code.
 */
export class Checker {
  /** @param names by customer id, a regular expression of the customer's names */
  constructor(
    private readonly sql: Client,
    private readonly map: DataMap,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** Stores every record of these customers, for comparison with those customers who are untouched in the end. */
  async remember(customerIds: readonly string[]): Promise<void> {
    await this.sql.query('CREATE SCHEMA IF NOT EXISTS remembered');
    await this.sql.query('CREATE TABLE IF NOT EXISTS remembered.record (name text, owners uuid[], line text)');
    await this.sql.query(
      `INSERT INTO remembered.record SELECT name, owners, line FROM (${this.records()}) r WHERE owners && $1::uuid[]
         AND NOT EXISTS (SELECT FROM remembered.record o WHERE o.name = r.name AND o.owners = r.owners AND o.line = r.line)`,
      [customerIds],
    );
  }

  /**
   * Describes what is wrong, with counts; empty when all is well.
   *
   * @param runIds runs that should have ended
   * @param others whether only the product has written since {@link remember}
   */
  async findings(runIds: readonly string[], others: 'NOBODY_ELSE' | 'OTHERS_WROTE' = 'NOBODY_ELSE'): Promise<string[]> {
    await this.allSequenced();
    const residues = await anonymizedResidue(this.sql, this.map, this.names);
    const found = residues.map(({ table, column, what, count }) => `${count} × ${what} in ${table}.${column}`);
    for (const [what, statement] of Object.entries(NEVER)) await this.count(found, what, statement);
    await this.count(found, 'run has not ended, or has not one entry for each change of its state', RUN_NOT_ENDED, [
      runIds,
    ]);
    if (others === 'NOBODY_ELSE')
      await this.count(found, 'record of somebody untouched was changed, lost or added', this.changedRecords());
    return found;
  }

  private async count(found: string[], what: string, statement: string, parameters: unknown[] = []): Promise<void> {
    const { rows } = await this.sql.query<{ count: string }>(statement, parameters);
    if (Number(rows[0]!.count) !== 0) found.push(`${rows[0]!.count} × ${what}`);
  }

  private changedRecords(): string {
    const untouched = (relation: string) =>
      `SELECT name, owners, line FROM ${relation} AS r WHERE ${NOBODY_IS_ANONYMIZED}`;
    const [before, now] = [untouched('remembered.record'), untouched(`(${this.records()})`)];
    return `SELECT count(*) FROM ((${before} EXCEPT ALL ${now}) UNION ALL (${now} EXCEPT ALL ${before})) AS changed`;
  }

  private records(): string {
    return this.map.allCustomerTables
      .map(
        ({ name, rule }) =>
          `SELECT '${name}' AS name, ARRAY[${rule.customerColumns.map((column) => `t.${column}`).join(', ')}] AS owners, md5(t::text) AS line
           FROM ${name} t WHERE coalesce(${rule.customerColumns.map((column) => `t.${column}`).join(', ')}) IS NOT NULL`,
      )
      .join(' UNION ALL ');
  }

  private async allSequenced(): Promise<void> {
    const isDone = async () => (await this.sql.query('SELECT FROM audit.pending LIMIT 1')).rowCount === 0;
    await until('every entry has its position', isDone);
  }
}
