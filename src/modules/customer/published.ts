/*
 * Relations of this module that statements of other modules may join; every column that they do not name may change
 * freely. PostgreSQL flattens a plain subquery, so a statement is planned as if it named the table. Rows are locked
 * through `CustomerLocks`, not through a relation.
 */

export const CUSTOMERS = `(
  SELECT id, customer_number, branch_id, status, salutation, title, first_name, last_name, birth_name, company_name,
    birth_date, created_at, updated_at, last_contact_on, anonymized_at, merged_into_id
  FROM customer)`;

/** For `lethe_purge` as well, which may read no other column of a customer. */
export const ANONYMIZED_CUSTOMERS = '(SELECT id FROM customer WHERE anonymized_at IS NOT NULL)';

/** Names that merged customers had. */
export const FORMER_NAMES = `(
  SELECT customer_id, first_name, last_name, birth_name, company_name
  FROM former_identity)`;

/** At most one for a customer. */
export const RESIDENTIAL_ADDRESSES = `(
  SELECT customer_id, street, postal_code, city
  FROM address
  WHERE type = 'RESIDENTIAL')`;

/** Past ones as well. */
export const INSURANCE_MEMBERSHIPS = '(SELECT customer_id, cost_bearer_id FROM cost_bearer_membership)';

/** Each pair of relatives in both directions. */
export const RELATIVES = `(
  SELECT customer_id, related_customer_id AS relative_id
  FROM relationship
  UNION ALL
  SELECT related_customer_id, customer_id
  FROM relationship)`;

/** Condition: a consent to advertising by post is in force on a day. A withdrawal ends every earlier consent. */
export const hasPostalConsent = (customerId: string, day: string): string => `EXISTS (
  SELECT FROM marketing_consent granted
  WHERE granted.customer_id = ${customerId} AND granted.channel = 'POST' AND granted.granted_on <= ${day}
    AND NOT EXISTS (
      SELECT FROM marketing_consent withdrawn
      WHERE withdrawn.customer_id = ${customerId} AND withdrawn.channel = 'POST'
        AND withdrawn.withdrawn_on <= ${day} AND withdrawn.withdrawn_on >= granted.granted_on))`;
