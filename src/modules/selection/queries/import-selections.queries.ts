/**
 * The selections' part of an import. `rows` is a table with the columns line, name (of a selection) and
 * customer_number.
 */

/** Creates the selections that do not exist yet, in the order of their first rows. */
export const createNamedSelections = (rows: string) => `
  INSERT INTO selection (name)
  SELECT imported.name
  FROM ${rows} imported
  WHERE NOT EXISTS (SELECT FROM selection WHERE selection.name = imported.name)
  GROUP BY imported.name
  ORDER BY min(imported.line)`;

/** Adds the customers to the newest selection with each name. */
export const addNamedMembers = (rows: string) => `
  INSERT INTO selection_member (selection_id, customer_id)
  SELECT DISTINCT newest.id, customer.id
  FROM ${rows} imported
  JOIN customer ON customer.customer_number = imported.customer_number
  JOIN (SELECT name, max(id) AS id FROM selection GROUP BY name) AS newest ON newest.name = imported.name
  ON CONFLICT DO NOTHING`;
