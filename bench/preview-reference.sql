-- The hand-written preview: checks the members of the run's selection with the same rules, writes the same items, and
-- counts the members whose present or former names share a word with the selection's name.
-- $1 run, $2 today, $3 months.

WITH member AS (
  SELECT customer.id, customer.customer_number, customer.anonymized_at
  FROM anonymization_run run
    JOIN selection_member ON selection_member.selection_id = run.selection_id
    JOIN customer ON customer.id = selection_member.customer_id
  WHERE run.id = $1::uuid),
unbalanced AS (
  SELECT head_id
  FROM (
    SELECT coalesce(credits_id, id) AS head_id, CASE kind WHEN 'INVOICE' THEN gross ELSE -gross END AS amount
    FROM invoice
    WHERE status = 'ISSUED'
    UNION ALL
    SELECT coalesce(invoice.credits_id, invoice.id), CASE payment.kind WHEN 'REFUND' THEN amount ELSE -amount END
    FROM payment
      JOIN invoice ON invoice.id = payment.invoice_id
    WHERE invoice.status = 'ISSUED' AND payment.paid_on <= $2::date) AS booking
  GROUP BY head_id
  HAVING sum(amount) <> 0),
blocker (customer_id, rule, position, code, module, record_type, record_id, record_number, date, clears_on) AS (
  SELECT merged.id, 0, 1, 'CUSTOMER_MERGED', 'customer', 'CUSTOMER', target.id::text, target.customer_number,
    NULL::date, NULL::date
  FROM customer merged
    JOIN customer target ON target.id = merged.merged_into_id
  UNION ALL
  SELECT head.customer_id, 1, 1, 'UNPAID_INVOICE', 'finance', head.kind, head.id::text, head.number, head.issued_on,
    NULL
  FROM unbalanced
    JOIN invoice head ON head.id = unbalanced.head_id
  UNION ALL
  SELECT customer_id, 1, 2, 'RECENT_INVOICE', 'finance', kind, id::text, number, issued_on,
    (issued_on + $3::int * interval '1 month')::date
  FROM invoice
  WHERE status = 'ISSUED' AND $2::date < (issued_on + $3::int * interval '1 month')::date
    AND (kind = 'CREDIT_NOTE' OR gross > (
      SELECT coalesce(sum(note.gross), -1)
      FROM invoice note
      WHERE note.customer_id = invoice.customer_id AND note.credits_id = invoice.id AND note.status = 'ISSUED'))
  UNION ALL
  SELECT customer_id, 2, 1, 'RUNNING_SERVICE_CONTRACT', 'finance', 'SERVICE_CONTRACT', id::text, number, starts_on,
    CASE WHEN isfinite(effective_end) THEN effective_end + 1 END
  FROM (
    SELECT service_contract.*,
      coalesce(termination_effective_on, CASE WHEN auto_renew THEN NULL ELSE ends_on END, 'infinity') AS effective_end
    FROM service_contract
    WHERE status = 'SIGNED' AND voided_on IS NULL) AS contract
  WHERE effective_end >= $2::date
  UNION ALL
  SELECT customer_id, 3, 1, 'OPEN_CARE_CASE', 'device', 'CARE_CASE', id::text, number, opened_on, NULL
  FROM care_case
  WHERE status = 'OPEN'
  UNION ALL
  SELECT loan.customer_id, 4, 1, 'UNRETURNED_TRIAL_DEVICE', 'device', 'DEVICE_LOAN', loan.id::text,
    stock_item.serial_number, loan.issued_on, loan.resolved_on
  FROM device_loan loan
    JOIN stock_item ON stock_item.id = loan.stock_item_id
  WHERE loan.resolution IS NULL OR loan.resolved_on > $2::date
  UNION ALL
  SELECT enrollment.customer_id, 5, 1, 'ACTIVE_PROGRAM_CARD', 'loyalty', 'CUSTOMER_CARD', card.id::text, NULL,
    enrollment.starts_on,
    least(enrollment.ends_on + 1, program.ends_on + 1, program.archived_on, card.invalidated_on)
  FROM program_enrollment enrollment
    JOIN customer_card card ON card.customer_id = enrollment.customer_id AND card.id = enrollment.card_id
    JOIN loyalty_program program ON program.id = enrollment.program_id
  WHERE (card.invalidated_on IS NULL OR card.invalidated_on > $2::date)
    AND (enrollment.ends_on IS NULL OR enrollment.ends_on >= $2::date)
    AND (program.ends_on IS NULL OR program.ends_on >= $2::date)
    AND (program.archived_on IS NULL OR program.archived_on > $2::date)
  UNION ALL
  SELECT customer_id, 6, 1, 'LEGAL_HOLD', 'customer', 'LEGAL_HOLD', id::text, NULL, set_on, NULL
  FROM legal_hold
  WHERE lifted_at IS NULL),
verdict AS (
  SELECT customer_id,
    json_agg(
      json_build_object('rule', rule, 'code', code, 'module', module, 'recordType', record_type, 'recordId', record_id,
        'recordNumber', record_number, 'date', date, 'clearsOn', clears_on)
      ORDER BY rule, position, date, record_number, length(record_id), record_id) AS blockers
  FROM blocker
  GROUP BY customer_id),
item AS (
  INSERT INTO anonymization_run_item (run_id, customer_id, customer_number, state, blockers)
  SELECT $1::uuid, member.id, member.customer_number,
    CASE
      WHEN member.anonymized_at IS NOT NULL THEN 'ALREADY_ANONYMIZED'
      WHEN verdict.customer_id IS NOT NULL THEN 'BLOCKED'
      ELSE 'READY'
    END,
    CASE WHEN member.anonymized_at IS NULL THEN verdict.blockers END
  FROM member
    LEFT JOIN verdict ON verdict.customer_id = member.id),
searched AS (
  SELECT '(?:^|[^[:alnum:]])(?:' || string_agg(regexp_replace(word, '([aou])e*', '\1e*', 'g'), '|')
    || ')(?:$|[^[:alnum:]])' AS pattern
  FROM anonymization_run run
    JOIN selection ON selection.id = run.selection_id
    CROSS JOIN LATERAL regexp_split_to_table(unaccent(lower(selection.name)), '[^[:alnum:]]+') AS word
  WHERE run.id = $1::uuid AND length(word) > 1 AND word ~ '[[:alpha:]]'),
identity AS (
  SELECT id, concat_ws(' ', first_name, last_name, birth_name, company_name, replace(first_name || last_name, ' ', ''),
    replace(last_name || first_name, ' ', '')) AS names
  FROM customer
  WHERE anonymized_at IS NULL
  UNION ALL
  SELECT customer_id, concat_ws(' ', first_name, last_name, birth_name, company_name,
    replace(first_name || last_name, ' ', ''), replace(last_name || first_name, ' ', ''))
  FROM former_identity)
UPDATE anonymization_run
SET named_in_selection = (
  SELECT count(*)
  FROM identity
  WHERE EXISTS (SELECT FROM member WHERE member.id = identity.id)
    AND unaccent(lower(CASE WHEN names ~ '[^ -~À-ž]' THEN normalize(names, NFKD) ELSE names END)) ~ (
      SELECT pattern FROM searched))
WHERE id = $1::uuid
