export { insertMissingBranch } from './queries/import-branches.queries';
