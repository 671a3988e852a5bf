import { HAS_LEGAL_HOLD } from '../legal-holds';

/* The customers' own rows in a merge. Lists of columns come from the data map. */

/** Selects the customer $1 as a `MergedCustomer`. `personal` are pairs of a quoted name and a value. */
export const selectMergedCustomer = (personal: readonly string[]) => `
  SELECT id, customer_number AS "customerNumber", created_at AS "createdAt", status,
    anonymized_at IS NOT NULL AS "isAnonymized", merged_into_id IS NOT NULL AS "isMerged",
    ${HAS_LEGAL_HOLD} AS "isUnderLegalHold",
    json_build_object(${personal.join(', ')}) AS personal
  FROM customer c
  WHERE id = $1`;

/** Fills the target $2 with assignments over its row `t` and the row `s` of the source $1. $3 now, $4 note. */
export const fillMergeTarget = (filled: readonly string[]) => `
  UPDATE customer t
  SET ${filled.join(', ')}, note = $4, version = t.version + 1, updated_at = $3
  FROM customer s
  WHERE s.id = $1 AND t.id = $2`;

/** Marks the source $1 as merged into the target $2 and erases columns by assignments. $3 last name, $4 now. */
export const closeMergeSource = (erased: readonly string[]) => `
  UPDATE customer
  SET ${erased.join(', ')}, last_name = $3, status = 'DELETED', merged_into_id = $2, version = version + 1,
    updated_at = $4
  WHERE id = $1`;
