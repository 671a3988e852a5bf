import { AUDIT_ENTRIES } from '../../audit';
import { workedMsAt } from '../state/run-state';

/**
 * Time of the last progress. Every outcome of a locked customer is audited, and so are start and resumption; an index
 * returns the newest entry directly.
 */
const PROGRESS = `greatest(r.working_since, (
  SELECT e.occurred_at FROM ${AUDIT_ENTRIES} e
  WHERE e.run_id = r.id
  ORDER BY e.occurred_at DESC, e.id DESC LIMIT 1))`;

/** Runs of selections that have not ended, except finished previews, oldest first. $1 instant */
export const SELECT_ACTIVE_RUNS = `
  SELECT r.id, r.state, ${PROGRESS} AS "progressAt",
    ${workedMsAt('$1')} AS "workedMs",
    (SELECT coalesce(jsonb_object_agg(i.state, i.count), '{}') FROM (
      SELECT state, count(*) FROM anonymization_run_item WHERE run_id = r.id GROUP BY state) AS i) AS items
  FROM anonymization_run r WHERE r.state IN ('PREVIEWING', 'RUNNING', 'PAUSED', 'CANCELLING')
    AND r.kind = 'SELECTION' ORDER BY r.id`;

/** Runs that a worker executes, oldest first. */
export const SELECT_RUNNING_RUNS = `
  SELECT r.id, ${PROGRESS} AS "progressAt" FROM anonymization_run r WHERE r.state = 'RUNNING'
    AND r.working_since IS NOT NULL ORDER BY r.id`;
