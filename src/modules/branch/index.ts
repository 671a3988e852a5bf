export { BRANCHES, COST_BEARERS } from './published';
export { requireBranchId } from './queries/find-branches.queries';
export { insertMissingBranch } from './queries/import-branches.queries';
