/*
 * Both compare a page of $2 customers after the id $1. They select last, the last id of the page or NULL, and found, an
 * array of ids.
 */

/**
 * Finds anonymized customers without an entry of each module, who were not erased with another customer of the same
 * person. The action is compared in a form that no index has: without statistics the planner would read all entries of
 * the action for each customer.
 */
export const SELECT_UNPROVEN = `
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

/**
 * Finds customers who are not anonymized although an entry records it. A replay that found another person under the
 * customer's id has recorded that in a separate entry.
 */
export const SELECT_UNDONE = `
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
