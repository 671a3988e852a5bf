import type { SelectionResponse } from '../selection.response';

export type SelectionRow = Omit<SelectionResponse, 'createdAt'> & { readonly createdAt: Date };

/** SELECT for {@link SelectionRow}, from `selection s`. */
export const SELECT_SELECTIONS = `SELECT s.id, s.name, s.created_at AS "createdAt",
    (SELECT count(*)::int FROM selection_member m WHERE m.selection_id = s.id) AS "memberCount"
  FROM selection s`;

export const presentSelection = (row: SelectionRow): SelectionResponse => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
});
