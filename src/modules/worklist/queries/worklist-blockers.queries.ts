import type { BlockerTable } from '../../anonymization';

/** The worklist's table of stored blockers. */
export const WORKLIST_BLOCKERS: BlockerTable = {
  select: `
    SELECT NULL::uuid AS run_id, customer_id, blockers
    FROM blocked_customer
    WHERE customer_id = ANY ($1::uuid[])`,
  update: `
    UPDATE blocked_customer
    SET blockers = $2
    WHERE customer_id = $1`,
};
