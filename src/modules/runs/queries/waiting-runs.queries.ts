import { ACTIVE_ADMINISTRATORS } from '../../employee';
import { isPauseExpired } from '../state/run-state';

/** Runs that wait for a worker, with their administrator if still active, oldest first. $1 instant */
export const SELECT_WAITING_RUNS = `
  SELECT r.id, r.state, r.reason, r.reference, r.started_by, administrator.display_name,
    administrator.id IS NOT NULL AS has_administrator
  FROM anonymization_run r LEFT JOIN ${ACTIVE_ADMINISTRATORS} administrator ON administrator.id = r.started_by
  WHERE r.state IN ('PREVIEWING', 'RUNNING', 'CANCELLING') OR ${isPauseExpired('$1')}
  ORDER BY r.created_at, r.id`;
