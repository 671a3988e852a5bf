/** Moves bank accounts in a merge, after the target's, whose default account stays first. $1 source, $2 target. */
export const MOVE_BANK_ACCOUNTS = `
    UPDATE bank_account account
    SET customer_id = $2, position = appended.position
    FROM (
      SELECT id, row_number() OVER (ORDER BY position) +
        coalesce((SELECT max(position) FROM bank_account WHERE customer_id = $2), 0) AS position
      FROM bank_account
      WHERE customer_id = $1) AS appended
    WHERE account.id = appended.id`;
