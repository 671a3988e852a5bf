/* Relations that statements of other modules may join. PostgreSQL flattens them; rows cannot be locked through them. */

export const BRANCHES = '(SELECT id, code FROM branch)';

export const COST_BEARERS = '(SELECT id, ik FROM cost_bearer)';
