/** Whether statistics of an empty table or its indexes exist. $1 table, $2 columns */
export const SELECT_KEPT_STATISTICS = `
  SELECT EXISTS (
    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname
    WHERE c.reltuples = 0 AND (c.oid = $1::regclass AND s.attname = ANY ($2)
      OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = $1::regclass))) AS kept`;

/** Triggers that depend on columns, with the statements that recreate them. $1 table, $2 columns */
export const SELECT_TRIGGERS = `
  SELECT quote_ident(t.tgname) AS name,
    format('%s; ALTER TABLE %s %s TRIGGER %I', pg_get_triggerdef(t.oid), t.tgrelid::regclass,
      CASE t.tgenabled
        WHEN 'A' THEN 'ENABLE ALWAYS'
        WHEN 'R' THEN 'ENABLE REPLICA'
        WHEN 'D' THEN 'DISABLE'
        ELSE 'ENABLE'
      END,
      t.tgname) AS definition
  FROM pg_trigger t
  WHERE t.tgrelid = $1::regclass AND NOT t.tgisinternal AND t.oid IN (
    SELECT d.objid
    FROM pg_depend d
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_trigger'::regclass AND d.refclassid = 'pg_class'::regclass
      AND d.refobjid = $1::regclass AND a.attname = ANY ($2))`;

/** The clauses of ALTER TABLE that set each column to its current type. $1 table, $2 columns */
export const SELECT_SAME_TYPES = `
  SELECT string_agg(format('ALTER COLUMN %I TYPE %s', a.attname, format_type(a.atttypid, a.atttypmod))
    || CASE WHEN o.oid IS NULL THEN '' ELSE format(' COLLATE %I.%I', n.nspname, o.collname) END, ', ') AS changes
  FROM pg_attribute a
  LEFT JOIN pg_collation o ON o.oid = a.attcollation
  LEFT JOIN pg_namespace n ON n.oid = o.collnamespace
  WHERE a.attrelid = $1::regclass AND a.attname = ANY ($2)`;
