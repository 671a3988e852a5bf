/** Anonymizations of single customers are cleaned up together, this long after the first of them. */
const SINGLE_RUNS_WAIT = '10 minutes';

const LATE = '1 hour';

const WAITING = `r.cleaned_at IS NULL AND r.state IN ('COMPLETED', 'CANCELLED', 'PAUSED', 'EXPIRED')`;

/** When the run last changed customers. It may continue after a pause. */
const STOPPED_AT = 'coalesce(r.finished_at, r.paused_at)';

/** One row: the runs that wait for a clean-up, whether it is due, and whether it is late. $1 instant */
export const SUM_UP_WAITING_RUNS = `
  SELECT coalesce(array_agg(r.id), '{}') AS ids,
    coalesce(bool_or(r.kind = 'SELECTION' OR ${STOPPED_AT} <= $1::timestamptz - interval '${SINGLE_RUNS_WAIT}'),
      false) AS due,
    coalesce(bool_or(${STOPPED_AT} <= $1::timestamptz - interval '${LATE}'), false) AS late
  FROM anonymization_run r WHERE ${WAITING}`;

/** $1 runs, $2 instant, $3 instant at which they were read */
export const MARK_CLEANED = `
  UPDATE anonymization_run r SET cleaned_at = $2
  WHERE r.id = ANY ($1::uuid[]) AND ${WAITING} AND ${STOPPED_AT} <= $3`;

/** $1 instant */
export const SKIP_RUNS_WITHOUT_ERASURE = `
  UPDATE anonymization_run r SET cleaned_at = $1 WHERE ${WAITING}
    AND NOT EXISTS (SELECT FROM anonymization_run_item i WHERE i.run_id = r.id AND i.state = 'ANONYMIZED')`;
