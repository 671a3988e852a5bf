/**
 * The session of a token and its active employee, unless the session has ended or the password has changed since. $1
 * digest of the token, $2 earliest last activity, $3 earliest beginning
 */
export const SELECT_SESSION = `
  SELECT e.id, e.display_name AS "displayName", e.role, s.created_at AS "createdAt",
    s.last_seen_at AS "lastSeenAt",
    s.confirmed_at AS "confirmedAt"
  FROM employee_session s JOIN employee e ON e.id = s.employee_id
  WHERE s.token_hash = $1 AND e.active AND s.last_seen_at >= $2 AND s.created_at >= $3
    AND (e.password_changed_at IS NULL OR e.password_changed_at <= s.confirmed_at)`;
