import type { WarningQuery } from '../../../kernel/blocker';

/** Warns of documents that will be sealed, with the end of their retention. */
export const archiveWarnings: WarningQuery = `
  SELECT d.customer_id, CASE d.retention_class WHEN 'MEDICAL_DEVICE' THEN 'DEVICE_RETENTION' ELSE 'FISCAL_RETENTION' END AS code,
    'archive' AS module, count(*)::int AS count, max(d.retention_until) AS until
  FROM subject s JOIN archive_document d ON d.customer_id = s.customer_id
  WHERE d.retention_until >= :today
  GROUP BY 1, 2`;
