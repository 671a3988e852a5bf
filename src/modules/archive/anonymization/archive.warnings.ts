import type { WarningQuery } from '../../../kernel/blocker';
import { RETENTION_WARNINGS } from './retention-warnings';

const CODE = Object.entries(RETENTION_WARNINGS)
  .map(([retentionClass, code]) => `WHEN '${retentionClass}' THEN '${code}'`)
  .join(' ');

/** Warns of documents that will be sealed, with the end of their retention. */
export const archiveWarnings: WarningQuery = `
  SELECT d.customer_id, CASE d.retention_class ${CODE} END AS code, 'archive' AS module,
    count(*)::int AS count, max(d.retention_until) AS until
  FROM candidates s JOIN archive_document d ON d.customer_id = s.customer_id
  WHERE d.retention_until >= :today
  GROUP BY 1, 2`;
