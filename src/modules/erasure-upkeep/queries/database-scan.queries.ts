/** For each table, the columns that reference the customer who owns a row. */
export const SELECT_OWNER_COLUMNS = `
  SELECT format('%I.%I', n.nspname, c.relname) AS table, array_agg(DISTINCT a.attname::text) AS columns
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
  WHERE cardinality(k.conkey) = 1 AND (k.contype = 'f' AND k.confrelid = 'public.customer'::regclass
    OR k.contype = 'p' AND k.conrelid = 'public.customer'::regclass)
  GROUP BY 1`;

/** Every column of every table and materialized view, except columns of the types $1. */
export const SELECT_COLUMNS = `
  SELECT format('%I.%I', n.nspname, c.relname) AS table, a.attname AS column, y.typname = 'bytea' AS "isBinary"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type y ON y.oid = a.atttypid LEFT JOIN pg_type e ON e.oid = y.typelem AND y.typcategory = 'A'
  WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
    AND n.nspname !~ '^pg_(toast|temp)'
    AND coalesce(e.typname, y.typname) <> ALL ($1)
  ORDER BY 1, a.attnum`;
