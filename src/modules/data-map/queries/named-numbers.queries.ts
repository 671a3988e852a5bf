import { sql } from '../../../platform/database/sql-text';

/** Selects customer_id and numbers, the customer's record numbers in one text, from a SELECT of both per record. */
export const joinNumbers = (numbers: string) => sql`
    SELECT customer_id, string_agg(number, ' ') AS numbers
    FROM (
      ${numbers}
    ) AS numbers
    GROUP BY customer_id`;
