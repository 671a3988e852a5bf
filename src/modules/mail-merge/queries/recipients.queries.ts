import { CUSTOMERS, hasPostalConsent, RESIDENTIAL_ADDRESSES } from '../../customer';

/**
 * The recipients of one batch. Each batch is checked when it is read, so customers who were anonymized or merged after
 * the selection was saved get no letter. Customers who died or left are included; a selection can exclude them. $1
 * members, $2 whether the letter is part of a contract, $3 today
 */
export const SELECT_RECIPIENTS = `
  SELECT c.id, c.customer_number AS "customerNumber", c.salutation, c.first_name AS "firstName",
    coalesce(c.last_name, c.company_name) AS "lastName",
    CASE WHEN c.last_name IS NOT NULL THEN c.company_name END AS "companyName", a.street, a.postal_code AS "postalCode",
      a.city
  FROM ${CUSTOMERS} c LEFT JOIN ${RESIDENTIAL_ADDRESSES} a ON a.customer_id = c.id
  WHERE c.id = ANY ($1::uuid[]) AND c.anonymized_at IS NULL AND c.merged_into_id IS NULL
    AND ($2 OR ${hasPostalConsent('c.id', '$3::date')})
  ORDER BY c.id`;
