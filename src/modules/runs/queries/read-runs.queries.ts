import { stateAt, workedMsAt } from '../state/run-state';

/**
 * Runs with the counts of their items by state, without a condition. $1 instant, $2 hours for which a preview is valid
 */
export const SELECT_RUN = `
  SELECT r.id, r.kind, r.reason, r.reference, r.created_by AS "createdBy", r.started_by AS "startedBy",
    r.created_at AS "createdAt",
    r.started_at AS "startedAt", r.finished_at AS "finishedAt", ${stateAt('$1', '$2')} AS state,
    r.named_in_selection AS "namedInSelection",
    ${workedMsAt('$1')} AS "workedMs",
    (SELECT jsonb_object_agg(state, count) FROM (
      SELECT i.state, count(*) FROM anonymization_run_item i WHERE i.run_id = r.id
      GROUP BY i.state) AS by_state(state, count)) AS counts
  FROM anonymization_run r`;
