export { Branch } from './entities/branch.entity';
export { CostBearer } from './entities/cost-bearer.entity';
export { BRANCHES, COST_BEARERS } from './published';
export { requireBranchId } from './queries/find-branches.queries';
export { insertMissingBranch } from './queries/import-branches.queries';
