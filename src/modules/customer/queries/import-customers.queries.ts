/** The customer's part of an import. `customerIds` is a subquery of one column of ids. */

/**
 * Locks stored customers in one statement with one strength. All are thus locked in id order before anything else of
 * them is read. Bookings share the lock KEY SHARE; changing the customers themselves needs NO KEY UPDATE.
 */
export const lockForImport = (customerIds: string, strength: 'KEY SHARE' | 'NO KEY UPDATE') => `
  SELECT count(*)
  FROM (
    SELECT
    FROM customer
    WHERE id IN (${customerIds})
    ORDER BY id
    FOR ${strength}) AS locked`;

/**
 * Selects id, customer_number and error code of customers whose records can no longer change. Must run in a later
 * statement than the lock.
 */
export const selectClosedCustomers = (customerIds: string) => `
  SELECT id, customer_number, CASE WHEN anonymized_at IS NULL THEN 'CUSTOMER_MERGED' ELSE 'CUSTOMER_ANONYMIZED' END AS code
  FROM customer
  WHERE id IN (${customerIds}) AND (anonymized_at IS NOT NULL OR merged_into_id IS NOT NULL)`;

/** Updates the customers whose number is in `source`: assigns expressions over its rows `s` to their columns. */
export const updateImportedCustomers = (assignments: Readonly<Record<string, string>>, source: string) => `
  UPDATE customer t
  SET ${Object.entries(assignments)
    .map(([column, expression]) => `${column} = ${expression}, `)
    .join('')}
    version = t.version + 1, updated_at = now()
  FROM ${source}
  WHERE t.customer_number = s.customer_number`;

/** Updates the search index for the customers with these numbers, a subquery of one column. */
export const refreshSearchOf = (customerNumbers: string) => `
  SELECT refresh_customer_search(ARRAY(
    SELECT id
    FROM customer
    WHERE customer_number IN (${customerNumbers})))`;
