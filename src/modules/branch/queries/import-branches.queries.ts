/**
 * Inserts a branch if the condition holds and its code does not exist yet. Code and name are constants of the program.
 */
export const insertMissingBranch = (branch: { readonly code: string; readonly name: string }, condition: string) => `
  INSERT INTO branch (code, name)
  SELECT '${branch.code}', '${branch.name}'
  WHERE ${condition}
  ON CONFLICT (code) DO NOTHING`;
