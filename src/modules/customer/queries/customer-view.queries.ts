import { BRANCHES } from '../../branch';
import { CUSTOMER_COLUMNS } from '../customer-fields';
import { HAS_LEGAL_HOLD } from '../legal-holds';

const COLUMNS = CUSTOMER_COLUMNS.map(
  ({ property, name, reference }) => `${reference ? `b.${reference.key}` : `c.${name}`} AS "${property}"`,
);

/** Selects customers `c` as the API shows them. */
export const SELECT_CUSTOMER = `
  SELECT c.id, ${COLUMNS.join(', ')}, c.version, c.created_at AS "createdAt", c.updated_at AS "updatedAt",
    c.anonymized_at AS "anonymizedAt", c.merged_into_id AS "mergedIntoId", ${HAS_LEGAL_HOLD} AS "legalHold"
  FROM customer c JOIN ${BRANCHES} b ON b.id = c.branch_id`;
