-- The hand-written preview: checks the members of the run's selection with the same five rules and the legal hold, and
-- writes the same items.
-- $1 run, $2 today, $3 months.

WITH member AS (
  SELECT c.id, c.customer_number, c.anonymized_at FROM anonymization_run r JOIN selection_member m ON m.selection_id = r.selection_id
  JOIN customer c ON c.id = m.customer_id WHERE r.id = $1::uuid),
unbalanced AS (
  SELECT head_id FROM (
    SELECT coalesce(credits_id, id) AS head_id, CASE kind WHEN 'INVOICE' THEN gross ELSE -gross END AS amount FROM invoice WHERE status = 'ISSUED'
    UNION ALL
    SELECT coalesce(i.credits_id, i.id), CASE p.kind WHEN 'REFUND' THEN p.amount ELSE -p.amount END
    FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.status = 'ISSUED' AND p.paid_on <= $2::date) AS booking
  GROUP BY head_id HAVING sum(amount) <> 0),
blocker (customer_id, rule, place, code, module, record_type, record_id, record_number, date, clears_on) AS (
  SELECT h.customer_id, 1, 1, 'UNPAID_INVOICE', 'finance', h.kind, h.id, h.number, h.issued_on, NULL::date
  FROM unbalanced u JOIN invoice h ON h.id = u.head_id
  UNION ALL
  SELECT d.customer_id, 1, 2, 'RECENT_INVOICE', 'finance', d.kind, d.id, d.number, d.issued_on, (d.issued_on + $3::int * interval '1 month')::date
  FROM invoice d
  WHERE d.status = 'ISSUED' AND $2::date < (d.issued_on + $3::int * interval '1 month')::date
    AND (d.kind = 'CREDIT_NOTE' OR d.gross > (
      SELECT coalesce(sum(n.gross), -1) FROM invoice n WHERE n.customer_id = d.customer_id AND n.credits_id = d.id AND n.status = 'ISSUED'))
  UNION ALL
  SELECT c.customer_id, 2, 1, 'RUNNING_SERVICE_CONTRACT', 'finance', 'SERVICE_CONTRACT', c.id, c.number, c.starts_on,
    CASE WHEN isfinite(c.effective_end) THEN c.effective_end + 1 END
  FROM (
    SELECT t.*, coalesce(t.termination_effective_on, CASE WHEN t.auto_renew THEN NULL ELSE t.ends_on END, 'infinity') AS effective_end
    FROM service_contract t WHERE t.status = 'SIGNED' AND t.voided_on IS NULL) AS c
  WHERE c.effective_end >= $2::date
  UNION ALL
  SELECT customer_id, 3, 1, 'OPEN_CARE_CASE', 'device', 'CARE_CASE', id, number, opened_on, NULL FROM care_case WHERE status = 'OPEN'
  UNION ALL
  SELECT l.customer_id, 4, 1, 'UNRETURNED_TRIAL_DEVICE', 'device', 'DEVICE_LOAN', l.id, i.serial_number, l.issued_on, l.resolved_on
  FROM device_loan l JOIN stock_item i ON i.id = l.stock_item_id WHERE l.resolution IS NULL OR l.resolved_on > $2::date
  UNION ALL
  SELECT e.customer_id, 5, 1, 'ACTIVE_PROGRAM_CARD', 'loyalty', 'CUSTOMER_CARD', c.id, NULL, e.starts_on,
    least(e.ends_on + 1, p.ends_on + 1, p.archived_on, c.invalidated_on)
  FROM program_enrollment e JOIN customer_card c ON c.customer_id = e.customer_id AND c.id = e.card_id JOIN loyalty_program p ON p.id = e.program_id
  WHERE (c.invalidated_on IS NULL OR c.invalidated_on > $2::date) AND (e.ends_on IS NULL OR e.ends_on >= $2::date)
    AND (p.ends_on IS NULL OR p.ends_on >= $2::date) AND (p.archived_on IS NULL OR p.archived_on > $2::date)
  UNION ALL
  SELECT customer_id, 6, 1, 'LEGAL_HOLD', 'customer', 'LEGAL_HOLD', id, NULL, set_on, NULL FROM legal_hold WHERE lifted_at IS NULL),
verdict AS (
  SELECT customer_id, json_agg(json_build_object('rule', rule, 'code', code, 'module', module, 'recordType', record_type, 'recordId', record_id::text,
    'recordNumber', record_number, 'date', date, 'clearsOn', clears_on) ORDER BY rule, place, date, record_number, record_id) AS blockers
  FROM blocker GROUP BY customer_id)
INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
SELECT $1::uuid, m.id, m.customer_number,
  CASE WHEN m.anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED' WHEN v.customer_id IS NOT NULL THEN 'BLOCKED' ELSE 'READY' END,
  CASE WHEN m.anonymized_at IS NULL THEN v.blockers END
FROM member m LEFT JOIN verdict v ON v.customer_id = m.id
