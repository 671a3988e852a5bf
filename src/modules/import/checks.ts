import type { ImportCode } from './import-error';
import type { ImportFile, Reference, Unique } from './import-file';
import { importFile } from './import-files';
import { referencesOf, targetOf } from './statements';

/** Rows of a file, staged as `s`, that meet a condition have an error. */
export interface Check {
  readonly column: string;
  readonly code: ImportCode;
  readonly condition: string;
}

/** Stored customers named in the folder whose records cannot be changed any more; filled once they are locked. */
export const CREATE_CLOSED_CUSTOMERS = `
  CREATE TEMPORARY TABLE import_closed_customers (id uuid, customer_number text, code text) ON COMMIT DROP`;
export const FIND_CLOSED_CUSTOMERS = `
  INSERT INTO import_closed_customers
  SELECT id, customer_number, CASE WHEN anonymized_at IS NULL THEN 'CUSTOMER_MERGED' ELSE 'CUSTOMER_ANONYMIZED' END
  FROM customer WHERE anonymized_at IS NOT NULL OR merged_into_id IS NOT NULL`;
