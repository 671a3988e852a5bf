import type { BlockerTable } from '../../anonymization';

/** The blockers stored in the items of runs. */
export const ITEM_BLOCKERS: BlockerTable = {
  select: `
    SELECT run_id, customer_id, blockers
    FROM anonymization_run_item
    WHERE customer_id = ANY ($1::uuid[]) AND blockers IS NOT NULL`,
  update: `
    UPDATE anonymization_run_item
    SET blockers = $2
    WHERE customer_id = $1 AND run_id = $3`,
};
