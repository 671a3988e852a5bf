-- The reference for the product's run: the same anonymization in hand-written SQL, as fast as we could make it. Same locks,
-- same validation under them, same writes, run items and audit entries, with the guards of the database on; without
-- redaction, sealing and sealed copies, which SQL alone cannot do.
--
-- One call processes the READY items of a run between two customer ids, batch by batch, each in a transaction of its own;
-- several sessions divide a run into ranges. Rows are read once, counted and written by their physical address: their
-- customers are locked, so no other session moves them.

-- Canonical JSON (RFC 8785): members in alphabetical order, no spaces. The effects on a table, if there are any.
CREATE FUNCTION pg_temp.effects(name text, erased_rows bigint, erased bigint, replaced bigint, kept bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT '"' || name || '":{' || nullif(concat_ws(',', '"ERASE":' || nullif(erased, 0), '"ERASE_ROWS":' || nullif(erased_rows, 0),
    '"KEEP":' || nullif(kept, 0), '"REPLACE":' || nullif(replaced, 0)), '') || '}'
$$;

CREATE FUNCTION pg_temp.canonical(id uuid, action text, outcome text, module text, customer_id uuid, details text, actor uuid, run uuid, occurred_at text)
RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '{"action":"' || action || '","actorId":"' || actor || '","actorRole":"ADMINISTRATOR","customerId":"' || customer_id || '","details":' || details ||
    ',"id":"' || id || '","module":"' || module || '","occurredAt":"' || occurred_at || '","outcome":"' || outcome || '","runId":"' || run || '"}'
$$;

CREATE PROCEDURE pg_temp.anonymize_run(
  run uuid, actor uuid, label text, today date, months integer, data_map text, after_id uuid, last_id uuid, set_size integer)
LANGUAGE plpgsql AS $procedure$
DECLARE
  because CONSTANT text := '"reason":"RETENTION_EXPIRED","reference":null';
  items uuid[];
  ready uuid[];
  refused uuid[];
  instant timestamptz;
  occurred_at text;
BEGIN
  LOOP
    SELECT array_agg(customer_id) INTO items FROM (
      SELECT customer_id FROM anonymization_run_item
      WHERE run_id = run AND state = 'READY' AND customer_id > after_id AND customer_id <= last_id
      ORDER BY customer_id LIMIT set_size FOR UPDATE) AS claimed;
    EXIT WHEN items IS NULL;
    after_id := items[array_upper(items, 1)];
    SELECT array_agg(id) INTO ready FROM (SELECT id FROM customer WHERE id = ANY (items) ORDER BY id FOR UPDATE) AS locked;
    instant := date_trunc('milliseconds', clock_timestamp());
    occurred_at := to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');

    -- the five rules and the legal hold, in a statement after the lock
    WITH issued AS MATERIALIZED (
      SELECT id, customer_id, coalesce(credits_id, id) AS head_id, credits_id, kind, number, issued_on, gross
      FROM invoice WHERE customer_id = ANY (ready) AND status = 'ISSUED'),
    paid AS (
      SELECT invoice_id, sum(CASE kind WHEN 'REFUND' THEN -amount ELSE amount END) AS amount
      FROM payment WHERE customer_id = ANY (ready) AND paid_on <= today GROUP BY invoice_id),
    blocker (customer_id, rule, place, code, module, record_type, record_id, record_number, date, clears_on) AS (
      SELECT h.customer_id, 1, 1, 'UNPAID_INVOICE', 'finance', h.kind, h.id, h.number, h.issued_on, NULL::date
      FROM (
        SELECT d.head_id FROM issued d LEFT JOIN paid p ON p.invoice_id = d.id GROUP BY d.head_id
        HAVING sum(CASE d.kind WHEN 'INVOICE' THEN d.gross ELSE -d.gross END - coalesce(p.amount, 0)) <> 0) AS unbalanced
      JOIN issued h ON h.id = unbalanced.head_id
      UNION ALL
      SELECT d.customer_id, 1, 2, 'RECENT_INVOICE', 'finance', d.kind, d.id, d.number, d.issued_on, (d.issued_on + months * interval '1 month')::date
      FROM issued d
      WHERE today < (d.issued_on + months * interval '1 month')::date
        AND (d.kind = 'CREDIT_NOTE' OR d.gross > (SELECT coalesce(sum(n.gross), -1) FROM issued n WHERE n.credits_id = d.id))
      UNION ALL
      SELECT c.customer_id, 2, 1, 'RUNNING_SERVICE_CONTRACT', 'finance', 'SERVICE_CONTRACT', c.id, c.number, c.starts_on,
        CASE WHEN isfinite(c.effective_end) THEN c.effective_end + 1 END
      FROM (
        SELECT t.*, coalesce(t.termination_effective_on, CASE WHEN t.auto_renew THEN NULL ELSE t.ends_on END, 'infinity') AS effective_end
        FROM service_contract t WHERE t.customer_id = ANY (ready) AND t.status = 'SIGNED' AND t.voided_on IS NULL) AS c
      WHERE c.effective_end >= today
      UNION ALL
      SELECT customer_id, 3, 1, 'OPEN_CARE_CASE', 'device', 'CARE_CASE', id, number, opened_on, NULL
      FROM care_case WHERE customer_id = ANY (ready) AND status = 'OPEN'
      UNION ALL
      SELECT l.customer_id, 4, 1, 'UNRETURNED_TRIAL_DEVICE', 'device', 'DEVICE_LOAN', l.id,
        (SELECT serial_number FROM stock_item i WHERE i.id = l.stock_item_id), l.issued_on, l.resolved_on
      FROM device_loan l WHERE l.customer_id = ANY (ready) AND (l.resolution IS NULL OR l.resolved_on > today)
      UNION ALL
      SELECT e.customer_id, 5, 1, 'ACTIVE_PROGRAM_CARD', 'loyalty', 'CUSTOMER_CARD', c.id, NULL, e.starts_on,
        least(e.ends_on + 1, p.ends_on + 1, p.archived_on, c.invalidated_on)
      FROM program_enrollment e JOIN customer_card c ON c.customer_id = e.customer_id AND c.id = e.card_id JOIN loyalty_program p ON p.id = e.program_id
      WHERE e.customer_id = ANY (ready) AND (c.invalidated_on IS NULL OR c.invalidated_on > today) AND (e.ends_on IS NULL OR e.ends_on >= today)
        AND (p.ends_on IS NULL OR p.ends_on >= today) AND (p.archived_on IS NULL OR p.archived_on > today)
      UNION ALL
      SELECT customer_id, 6, 1, 'LEGAL_HOLD', 'customer', 'LEGAL_HOLD', id, NULL, set_on, NULL
      FROM legal_hold WHERE customer_id = ANY (ready) AND lifted_at IS NULL),
    verdict AS (
      SELECT customer_id, string_agg(DISTINCT '"' || code || '"', ',') AS codes,
        json_agg(json_build_object('rule', rule, 'code', code, 'module', module, 'recordType', record_type, 'recordId', record_id::text,
          'recordNumber', record_number, 'date', date, 'clearsOn', clears_on) ORDER BY rule, place, date, record_number, record_id) AS blockers
      FROM blocker GROUP BY customer_id),
    item AS (
      UPDATE anonymization_run_item i SET state = 'BLOCKED', blockers = v.blockers FROM verdict v
      WHERE i.run_id = run AND i.customer_id = v.customer_id),
    entry AS (
      INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
      SELECT id, customer_id, instant, 'ANONYMIZATION_REFUSED', 'anonymization', run, actor, 'ADMINISTRATOR', 'REFUSED',
        pg_temp.canonical(id, 'ANONYMIZATION_REFUSED', 'REFUSED', 'anonymization', customer_id,
        '{"blockers":[' || codes || '],' || because || '}', actor, run, occurred_at)
      FROM (SELECT uuid_v7() AS id, * FROM verdict) AS v)
    SELECT coalesce(array_agg(customer_id), '{}') INTO refused FROM verdict;
    IF refused <> '{}' THEN
      ready := ARRAY(SELECT unnest(ready) EXCEPT SELECT unnest(refused) ORDER BY 1);
    END IF;

    -- finance
    WITH draft AS MATERIALIZED (SELECT id FROM invoice WHERE customer_id = ANY (ready) AND status = 'DRAFT'),
    account AS (DELETE FROM bank_account WHERE customer_id = ANY (ready) RETURNING customer_id),
    line AS MATERIALIZED (
      SELECT ctid AS place, customer_id, invoice_id IN (SELECT id FROM draft) AS goes FROM invoice_line WHERE customer_id = ANY (ready)),
    line_gone AS (DELETE FROM invoice_line t USING line m WHERE t.ctid = m.place AND m.goes),
    booking AS MATERIALIZED (
      SELECT ctid AS place, customer_id, invoice_id IN (SELECT id FROM draft) AS goes, num_nonnulls(payer_name, iban, reference) > 0 AS filled
      FROM payment WHERE customer_id = ANY (ready)),
    booking_gone AS (DELETE FROM payment t USING booking m WHERE t.ctid = m.place AND m.goes),
    booking_stays AS (
      UPDATE payment t SET payer_name = NULL, iban = NULL, reference = NULL FROM booking m WHERE t.ctid = m.place AND NOT m.goes AND m.filled),
    document AS MATERIALIZED (
      SELECT ctid AS place, customer_id, status = 'DRAFT' AS goes, num_nonnulls(recipient_address, remark) > 0 AS filled, recipient_name IS NOT NULL AS named
      FROM invoice WHERE customer_id = ANY (ready)),
    document_gone AS (DELETE FROM invoice t USING document m WHERE t.ctid = m.place AND m.goes),
    document_stays AS (
      UPDATE invoice t SET recipient_name = CASE WHEN m.named THEN label END, recipient_address = NULL, remark = NULL FROM document m
      WHERE t.ctid = m.place AND NOT m.goes AND (m.filled OR m.named)),
    offer AS MATERIALIZED (
      SELECT ctid AS place, customer_id, num_nonnulls(recipient_address, remark) > 0 AS filled, recipient_name IS NOT NULL AS named, status = 'OPEN' AS open
      FROM quote WHERE customer_id = ANY (ready)),
    offer_stays AS (
      UPDATE quote t SET recipient_name = CASE WHEN m.named THEN label END, recipient_address = NULL, remark = NULL,
        status = CASE WHEN m.open THEN 'ENDED' ELSE status END, ended_on = CASE WHEN m.open THEN today ELSE ended_on END,
        end_reason = CASE WHEN m.open THEN 'CUSTOMER_ANONYMIZED' ELSE end_reason END
      FROM offer m WHERE t.ctid = m.place AND (m.filled OR m.named OR m.open)),
    slip AS MATERIALIZED (SELECT ctid AS place, customer_id, customer_name IS NOT NULL AS named FROM receipt WHERE customer_id = ANY (ready)),
    slip_stays AS (UPDATE receipt t SET customer_name = label FROM slip m WHERE t.ctid = m.place AND m.named),
    contract AS MATERIALIZED (
      SELECT ctid AS place, customer_id, status = 'DRAFT' AS goes, note IS NOT NULL AS filled FROM service_contract WHERE customer_id = ANY (ready)),
    contract_gone AS (DELETE FROM service_contract t USING contract m WHERE t.ctid = m.place AND m.goes),
    contract_stays AS (UPDATE service_contract t SET note = NULL FROM contract m WHERE t.ctid = m.place AND NOT m.goes AND m.filled),
    effect (customer_id, text) AS (
      SELECT customer_id, pg_temp.effects('bank_account', count(*), 0, 0, 0) FROM account GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('invoice_line', count(*) FILTER (WHERE goes), 0, 0, count(*) FILTER (WHERE NOT goes))
      FROM line GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('payment', count(*) FILTER (WHERE goes), count(*) FILTER (WHERE NOT goes AND filled), 0,
        count(*) FILTER (WHERE NOT goes)) FROM booking GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('invoice', count(*) FILTER (WHERE goes), count(*) FILTER (WHERE NOT goes AND filled),
        count(*) FILTER (WHERE NOT goes AND named), count(*) FILTER (WHERE NOT goes)) FROM document GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('quote', 0, count(*) FILTER (WHERE filled), count(*) FILTER (WHERE named OR open), count(*))
      FROM offer GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('receipt', 0, 0, count(*) FILTER (WHERE named), count(*)) FROM slip GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('service_contract', count(*) FILTER (WHERE goes), count(*) FILTER (WHERE NOT goes AND filled), 0,
        count(*) FILTER (WHERE NOT goes)) FROM contract GROUP BY 1)
    INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT e.id, e.customer_id, instant, 'CUSTOMER_DATA_ANONYMIZED', 'finance', run, actor, 'ADMINISTRATOR', 'SUCCEEDED',
      pg_temp.canonical(e.id, 'CUSTOMER_DATA_ANONYMIZED', 'SUCCEEDED', 'finance', e.customer_id,
      '{"dataMap":"' || data_map || '","effects":{' || coalesce(e.effects, '') || '},' || because || '}', actor, run, occurred_at)
    FROM (
      SELECT uuid_v7() AS id, c.customer_id, string_agg(f.text, ',' ORDER BY f.text COLLATE "C") AS effects
      FROM unnest(ready) AS c(customer_id) LEFT JOIN effect f ON f.customer_id = c.customer_id GROUP BY c.customer_id) AS e;

    -- device
    WITH course AS MATERIALIZED (
      SELECT ctid AS place, customer_id, num_nonnulls(title, note) > 0 AS filled FROM care_case WHERE customer_id = ANY (ready)),
    course_stays AS (UPDATE care_case t SET title = NULL, note = NULL FROM course m WHERE t.ctid = m.place AND m.filled),
    loan AS MATERIALIZED (SELECT ctid AS place, customer_id, note IS NOT NULL AS filled FROM device_loan WHERE customer_id = ANY (ready)),
    loan_stays AS (UPDATE device_loan t SET note = NULL FROM loan m WHERE t.ctid = m.place AND m.filled),
    item AS MATERIALIZED (SELECT ctid AS place, customer_id, owner_name IS NOT NULL AS named FROM stock_item WHERE customer_id = ANY (ready)),
    item_stays AS (UPDATE stock_item t SET owner_name = label FROM item m WHERE t.ctid = m.place AND m.named),
    effect (customer_id, text) AS (
      SELECT customer_id, pg_temp.effects('care_case', 0, count(*) FILTER (WHERE filled), 0, count(*)) FROM course GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('device_loan', 0, count(*) FILTER (WHERE filled), 0, count(*)) FROM loan GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('stock_item', 0, 0, count(*) FILTER (WHERE named), count(*)) FROM item GROUP BY 1)
    INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT e.id, e.customer_id, instant, 'CUSTOMER_DATA_ANONYMIZED', 'device', run, actor, 'ADMINISTRATOR', 'SUCCEEDED',
      pg_temp.canonical(e.id, 'CUSTOMER_DATA_ANONYMIZED', 'SUCCEEDED', 'device', e.customer_id,
      '{"dataMap":"' || data_map || '","effects":{' || coalesce(e.effects, '') || '},' || because || '}', actor, run, occurred_at)
    FROM (
      SELECT uuid_v7() AS id, c.customer_id, string_agg(f.text, ',' ORDER BY f.text COLLATE "C") AS effects
      FROM unnest(ready) AS c(customer_id) LEFT JOIN effect f ON f.customer_id = c.customer_id GROUP BY c.customer_id) AS e;

    -- loyalty
    WITH enrollment AS MATERIALIZED (
      SELECT ctid AS place, customer_id, card_id IS NOT NULL OR voucher_number IS NOT NULL AS filled FROM program_enrollment WHERE customer_id = ANY (ready)),
    enrollment_stays AS (
      UPDATE program_enrollment t SET card_id = NULL, voucher_number = NULL FROM enrollment m WHERE t.ctid = m.place AND m.filled),
    movement AS MATERIALIZED (
      SELECT ctid AS place, customer_id, card_number IS NOT NULL AS filled FROM loyalty_transaction WHERE customer_id = ANY (ready)),
    movement_stays AS (UPDATE loyalty_transaction t SET card_number = NULL FROM movement m WHERE t.ctid = m.place AND m.filled),
    card AS (DELETE FROM customer_card WHERE customer_id = ANY (ready) RETURNING customer_id),
    effect (customer_id, text) AS (
      SELECT customer_id, pg_temp.effects('program_enrollment', 0, count(*) FILTER (WHERE filled), 0, count(*)) FROM enrollment GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('loyalty_transaction', 0, count(*) FILTER (WHERE filled), 0, count(*)) FROM movement GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('customer_card', count(*), 0, 0, 0) FROM card GROUP BY 1)
    INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT e.id, e.customer_id, instant, 'CUSTOMER_DATA_ANONYMIZED', 'loyalty', run, actor, 'ADMINISTRATOR', 'SUCCEEDED',
      pg_temp.canonical(e.id, 'CUSTOMER_DATA_ANONYMIZED', 'SUCCEEDED', 'loyalty', e.customer_id,
      '{"dataMap":"' || data_map || '","effects":{' || coalesce(e.effects, '') || '},' || because || '}', actor, run, occurred_at)
    FROM (
      SELECT uuid_v7() AS id, c.customer_id, string_agg(f.text, ',' ORDER BY f.text COLLATE "C") AS effects
      FROM unnest(ready) AS c(customer_id) LEFT JOIN effect f ON f.customer_id = c.customer_id GROUP BY c.customer_id) AS e;

    -- archive
    WITH document AS MATERIALIZED (
      SELECT ctid AS place, customer_id, content_id, retention_class = 'NONE' AS goes,
        title IS NOT NULL OR file_name IS NOT NULL OR sealed_at IS NULL AS replaced
      FROM archive_document WHERE customer_id = ANY (ready) AND sealed_content IS NULL),
    removal AS (
      INSERT INTO outbox (topic, payload)
      SELECT 'archive.remove-content', jsonb_build_object('contentId', content_id) FROM document WHERE goes AND content_id IS NOT NULL),
    document_gone AS (DELETE FROM archive_document t USING document m WHERE t.ctid = m.place AND m.goes),
    document_stays AS (
      UPDATE archive_document t SET title = CASE WHEN title IS NOT NULL THEN 'Versiegelt' END,
        file_name = CASE WHEN file_name IS NOT NULL THEN 'versiegelt' END, sealed_at = coalesce(sealed_at, instant)
      FROM document m WHERE t.ctid = m.place AND NOT m.goes AND m.replaced),
    data_key AS MATERIALIZED (
      SELECT ctid AS place, customer_id, retention_class = 'NONE' AS goes FROM archive_key WHERE customer_id = ANY (ready)),
    data_key_gone AS (DELETE FROM archive_key t USING data_key m WHERE t.ctid = m.place AND m.goes),
    effect (customer_id, text) AS (
      SELECT customer_id, pg_temp.effects('archive_document', count(*) FILTER (WHERE goes), 0, count(*) FILTER (WHERE NOT goes AND replaced),
        count(*) FILTER (WHERE NOT goes)) FROM document GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('archive_key', count(*) FILTER (WHERE goes), 0, 0, count(*) FILTER (WHERE NOT goes))
      FROM data_key GROUP BY 1)
    INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT e.id, e.customer_id, instant, 'CUSTOMER_DATA_ANONYMIZED', 'archive', run, actor, 'ADMINISTRATOR', 'SUCCEEDED',
      pg_temp.canonical(e.id, 'CUSTOMER_DATA_ANONYMIZED', 'SUCCEEDED', 'archive', e.customer_id,
      '{"dataMap":"' || data_map || '","effects":{' || coalesce(e.effects, '') || '},' || because || '}', actor, run, occurred_at)
    FROM (
      SELECT uuid_v7() AS id, c.customer_id, string_agg(f.text, ',' ORDER BY f.text COLLATE "C") AS effects
      FROM unnest(ready) AS c(customer_id) LEFT JOIN effect f ON f.customer_id = c.customer_id GROUP BY c.customer_id) AS e;

    -- customer; two sessions may share a relationship
    PERFORM FROM relationship WHERE customer_id = ANY (ready) OR related_customer_id = ANY (ready) ORDER BY id FOR UPDATE;
    WITH membership AS (DELETE FROM selection_member WHERE customer_id = ANY (ready) RETURNING customer_id),
    found AS (DELETE FROM customer_search WHERE customer_id = ANY (ready) RETURNING customer_id),
    former AS (DELETE FROM former_identity WHERE customer_id = ANY (ready) RETURNING customer_id),
    home AS (DELETE FROM address WHERE customer_id = ANY (ready) RETURNING customer_id),
    relation AS (
      DELETE FROM relationship WHERE customer_id = ANY (ready) OR related_customer_id = ANY (ready) RETURNING customer_id, related_customer_id),
    insurance AS MATERIALIZED (
      SELECT ctid AS place, customer_id, num_nonnulls(member_number, insured_status, main_insured_person) > 0 AS filled
      FROM cost_bearer_membership WHERE customer_id = ANY (ready)),
    insurance_stays AS (
      UPDATE cost_bearer_membership t SET member_number = NULL, insured_status = NULL, main_insured_person = NULL
      FROM insurance m WHERE t.ctid = m.place AND m.filled),
    card AS (DELETE FROM health_insurance_card WHERE customer_id = ANY (ready) RETURNING customer_id),
    consent AS (DELETE FROM marketing_consent WHERE customer_id = ANY (ready) RETURNING customer_id),
    effect (customer_id, text) AS (
      SELECT customer_id, pg_temp.effects('selection_member', count(*), 0, 0, 0) FROM membership GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('customer_search', count(*), 0, 0, 0) FROM found GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('former_identity', count(*), 0, 0, 0) FROM former GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('address', count(*), 0, 0, 0) FROM home GROUP BY 1
      UNION ALL
      SELECT party, pg_temp.effects('relationship', count(*), 0, 0, 0)
      FROM (SELECT customer_id AS party FROM relation UNION ALL SELECT related_customer_id FROM relation) AS parties GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('cost_bearer_membership', 0, count(*) FILTER (WHERE filled), 0, count(*))
      FROM insurance GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('health_insurance_card', count(*), 0, 0, 0) FROM card GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('marketing_consent', count(*), 0, 0, 0) FROM consent GROUP BY 1
      UNION ALL
      SELECT customer_id, pg_temp.effects('legal_hold', 0, 0, 0, count(*))
      FROM legal_hold WHERE customer_id = ANY (ready) GROUP BY 1
      UNION ALL
      SELECT id, pg_temp.effects('customer', 0, (num_nonnulls(salutation, title, first_name, birth_name, company_name, birth_date, gender, email, phone,
        mobile, note, physician) > 0)::int, 1, 1)
      FROM customer WHERE id = ANY (ready))
    INSERT INTO audit.entry (id, customer_id, occurred_at, action, module, run_id, actor_id, actor_role, outcome, canonical)
    SELECT e.id, e.customer_id, instant, 'CUSTOMER_DATA_ANONYMIZED', 'customer', run, actor, 'ADMINISTRATOR', 'SUCCEEDED',
      pg_temp.canonical(e.id, 'CUSTOMER_DATA_ANONYMIZED', 'SUCCEEDED', 'customer', e.customer_id,
      '{"createdAt":"' || to_char(e.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '","customerNumber":' || to_json(e.customer_number) ||
      ',"dataMap":"' || data_map || '","effects":{' || e.effects || '},"label":' || to_json(label) || ',' || because || '}', actor, run, occurred_at)
    FROM (
      SELECT uuid_v7() AS id, c.id AS customer_id, c.created_at, c.customer_number, f.effects
      FROM customer c
      JOIN (SELECT customer_id, string_agg(text, ',' ORDER BY text COLLATE "C") AS effects FROM effect GROUP BY 1) AS f ON f.customer_id = c.id
      WHERE c.id = ANY (ready)) AS e;

    -- the customers' own rows last, because the guards refuse every write afterwards
    UPDATE customer SET salutation = NULL, title = NULL, first_name = NULL, birth_name = NULL, company_name = NULL, birth_date = NULL, gender = NULL,
      email = NULL, phone = NULL, mobile = NULL, note = NULL, physician = NULL, last_name = label, status = 'DELETED', anonymized_at = instant,
      anonymized_by = actor, anonymization_run_id = run
    WHERE id = ANY (ready);
    UPDATE anonymization_run_item SET state = 'ANONYMIZED', blockers = NULL WHERE run_id = run AND customer_id = ANY (ready);
    COMMIT;
  END LOOP;
END $procedure$;

-- The floor: only UPDATE and DELETE of the same rows, in batches of the same size.
CREATE PROCEDURE pg_temp.erase_only(run uuid, actor uuid, label text, today date, after_id uuid, last_id uuid, set_size integer)
LANGUAGE plpgsql AS $procedure$
DECLARE
  ready uuid[];
BEGIN
  LOOP
    SELECT array_agg(customer_id) INTO ready FROM (
      SELECT customer_id FROM anonymization_run_item
      WHERE run_id = run AND state = 'READY' AND customer_id > after_id AND customer_id <= last_id ORDER BY customer_id LIMIT set_size) AS next;
    EXIT WHEN ready IS NULL;
    after_id := ready[array_upper(ready, 1)];
    DELETE FROM bank_account WHERE customer_id = ANY (ready);
    DELETE FROM invoice_line t USING invoice i WHERE i.customer_id = ANY (ready) AND i.status = 'DRAFT' AND t.invoice_id = i.id;
    DELETE FROM payment t USING invoice i WHERE i.customer_id = ANY (ready) AND i.status = 'DRAFT' AND t.customer_id = i.customer_id AND t.invoice_id = i.id;
    UPDATE payment SET payer_name = NULL, iban = NULL, reference = NULL WHERE customer_id = ANY (ready);
    DELETE FROM invoice WHERE customer_id = ANY (ready) AND status = 'DRAFT';
    UPDATE invoice SET recipient_name = label, recipient_address = NULL, remark = NULL WHERE customer_id = ANY (ready);
    UPDATE quote SET recipient_name = label, recipient_address = NULL, remark = NULL, status = CASE status WHEN 'OPEN' THEN 'ENDED' ELSE status END,
      ended_on = CASE status WHEN 'OPEN' THEN today ELSE ended_on END, end_reason = CASE status WHEN 'OPEN' THEN 'CUSTOMER_ANONYMIZED' ELSE end_reason END
    WHERE customer_id = ANY (ready);
    UPDATE receipt SET customer_name = label WHERE customer_id = ANY (ready);
    DELETE FROM service_contract WHERE customer_id = ANY (ready) AND status = 'DRAFT';
    UPDATE service_contract SET note = NULL WHERE customer_id = ANY (ready);
    UPDATE care_case SET title = NULL, note = NULL WHERE customer_id = ANY (ready);
    UPDATE device_loan SET note = NULL WHERE customer_id = ANY (ready);
    UPDATE stock_item SET owner_name = label WHERE customer_id = ANY (ready);
    UPDATE program_enrollment SET card_id = NULL, voucher_number = NULL WHERE customer_id = ANY (ready);
    UPDATE loyalty_transaction SET card_number = NULL WHERE customer_id = ANY (ready);
    DELETE FROM customer_card WHERE customer_id = ANY (ready);
    DELETE FROM archive_document WHERE customer_id = ANY (ready) AND retention_class = 'NONE';
    UPDATE archive_document SET title = 'Versiegelt', file_name = 'versiegelt', sealed_at = now() WHERE customer_id = ANY (ready);
    DELETE FROM archive_key WHERE customer_id = ANY (ready) AND retention_class = 'NONE';
    DELETE FROM selection_member WHERE customer_id = ANY (ready);
    DELETE FROM customer_search WHERE customer_id = ANY (ready);
    DELETE FROM former_identity WHERE customer_id = ANY (ready);
    DELETE FROM address WHERE customer_id = ANY (ready);
    DELETE FROM relationship WHERE customer_id = ANY (ready) OR related_customer_id = ANY (ready);
    UPDATE cost_bearer_membership SET member_number = NULL, insured_status = NULL, main_insured_person = NULL WHERE customer_id = ANY (ready);
    DELETE FROM health_insurance_card WHERE customer_id = ANY (ready);
    DELETE FROM marketing_consent WHERE customer_id = ANY (ready);
    UPDATE customer SET salutation = NULL, title = NULL, first_name = NULL, birth_name = NULL, company_name = NULL, birth_date = NULL, gender = NULL,
      email = NULL, phone = NULL, mobile = NULL, note = NULL, physician = NULL, last_name = label, status = 'DELETED', anonymized_at = now(),
      anonymized_by = actor, anonymization_run_id = run
    WHERE id = ANY (ready);
    COMMIT;
  END LOOP;
END $procedure$;
