/** Foreign keys of type bigint: table, column and referenced table. */
export const SELECT_REFERENCES = `
  SELECT r.relname AS "table", a.attname AS "column", f.relname AS target
  FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid JOIN pg_class f ON f.oid = c.confrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
  WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND cardinality(c.conkey) = 1
    AND a.atttypid = 'bigint'::regtype
  ORDER BY 3, 1, 2`;
