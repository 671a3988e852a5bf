import { Branch } from './branch.entity';
import { CostBearer } from './cost-bearer.entity';

export const BRANCH_ENTITIES = [Branch, CostBearer];
