/**
 * Refusals by the database itself (docs/adr/0027-enforce-invariants-with-database-triggers.md): the newest definition
 * of each function and trigger.
 */
const REFUSALS = 'migrations/0021-refusals.ts';
const GUARDS = 'migrations/0003-guards.ts';
const CONFLICTS = 'migrations/0023-merge-conflicts.ts';
const TYPED = 'migrations/0027-typed-entries.ts';
const TREE = 'migrations/0016-audit-tree.ts';
const OF_ATTACKS = ['test/integration/audit-attacks.spec.ts'];
const OF_RACES = ['test/integration/races.spec.ts'];
const OF_PURGE = ['test/integration/purge.spec.ts'];

export default {
  specs: ['test/integration/refusals.spec.ts'],
  mutants: [
    {
      name: 'customers are judged before they are locked, and a booking slips past an anonymization',
      file: GUARDS,
      find: `        PERFORM 1 FROM public.customer WHERE id = ANY (customer_ids) ORDER BY id FOR KEY SHARE;\n`,
      replace: '',
      specs: OF_RACES,
    },
    {
      name: 'the guard locks those alone who are not anonymized',
      file: GUARDS,
      find: `WHERE id = ANY (customer_ids) ORDER BY id FOR KEY SHARE;`,
      replace: `WHERE id = ANY (customer_ids) AND anonymized_at IS NULL ORDER BY id FOR KEY SHARE;`,
      judged: 'Whom the guard does not lock then is anonymized already, and the second statement refuses the write.',
      specs: OF_RACES,
    },
    {
      name: 'records of anonymized customers may be written',
      file: GUARDS,
      find: `WHERE id = ANY (customer_ids) AND anonymized_at IS NOT NULL;
        IF FOUND THEN`,
      replace: `WHERE id = ANY (customer_ids) AND anonymized_at IS NOT NULL;
        IF FOUND AND current_user = 'nobody' THEN`,
      specs: OF_RACES,
    },
    {
      name: 'an anonymized customer may be deleted',
      file: GUARDS,
      find: `BEFORE DELETE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NOT NULL)`,
      replace: `BEFORE DELETE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NULL AND false)`,
      tests: 'the database refuses a change',
    },
    {
      name: 'an anonymized customer may be changed',
      file: GUARDS,
      find: `BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NOT NULL)`,
      replace: `BEFORE UPDATE ON customer FOR EACH ROW WHEN (OLD.anonymized_at IS NULL AND false)`,
      tests: 'the database refuses a change',
    },
    {
      name: 'a record may move away from an anonymized customer',
      file: REFUSALS,
      find: `['update', ['old_rows', 'new_rows']],`,
      replace: `['update', ['new_rows']],`,
      tests: 'the database refuses a change',
    },
    {
      name: 'a relationship to an anonymized relative may be written',
      file: REFUSALS,
      find: `['relationships', ['customer_id', 'related_customer_id']],`,
      replace: `['relationships', ['customer_id']],`,
      specs: OF_RACES,
    },
    {
      name: 'a leaf of the log may be changed',
      file: REFUSALS,
      find: `OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes`,
      replace: `OR length(NEW.hashes) < length(OLD.hashes)`,
      specs: OF_ATTACKS,
    },
    {
      name: 'a line of a draft may become one of a document',
      file: REFUSALS,
      find: `
          AND NOT coalesce(public.is_issued((after ->> 'invoice_id')::bigint), false)`,
      replace: '',
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'a document may be given to anybody once its customer is merged',
      file: REFUSALS,
      find: `WHERE id = OLD.customer_id AND merged_into_id = NEW.customer_id;`,
      replace: `WHERE id = OLD.customer_id AND merged_into_id IS NOT NULL;`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'a document may be changed while it goes with a merged customer',
      file: REFUSALS,
      find: `IF TG_OP = 'UPDATE' AND before - 'customer_id' = after - 'customer_id' THEN`,
      replace: `IF TG_OP = 'UPDATE' THEN`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'a document gets lines after it was issued',
      file: REFUSALS,
      find: `AND entered_in IS DISTINCT FROM pg_current_xact_id()::text::bigint;`,
      replace: `AND entered_in > pg_current_xact_id()::text::bigint;`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'the name on a document may be replaced by another one',
      file: REFUSALS,
      find: `' AND NEW.%1$I NOT LIKE ''Anonymisiert am __.__.____ von %%'''`,
      replace: `' AND NEW.%1$I NOT LIKE ''%%'''`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'every personal column of a document may be changed',
      file: REFUSALS,
      find: `format('(%s) AND (%s OR %s)', condition, kept, erased)`,
      replace: `format('(%s) AND (%s)', condition, kept)`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'the IBAN of a payment is kept, and cannot be erased',
      file: REFUSALS,
      find: `'{payer_name,iban,reference}'`,
      replace: `'{payer_name,reference}'`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'an issued invoice may be deleted',
      file: REFUSALS,
      find: `NEW.entered_in', 'OLD.status = ''ISSUED''');`,
      replace: `NEW.entered_in', 'OLD.status = ''DRAFT'' AND false');`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'the application deletes what the law retains',
      file: REFUSALS,
      find: `WHEN (OLD.retention_class <> 'NONE' AND current_user <> 'lethe_purge')`,
      replace: `WHEN (OLD.retention_class = 'NONE' AND current_user <> 'lethe_purge')`,
      tests: 'the database refuses deletions',
    },
    {
      name: 'the purge deletes on the last day of the period',
      file: REFUSALS,
      find: `'retention_until')::date < (clock_timestamp()`,
      replace: `'retention_until')::date <= (clock_timestamp()`,
      specs: OF_PURGE,
      tests: 'the purge may delete only what is',
    },
    {
      name: 'the purge deletes documents of living customers',
      file: REFUSALS,
      find: `PERFORM 1 FROM public.customer WHERE id = OLD.customer_id AND anonymized_at IS NOT NULL;
        IF FOUND AND TG_TABLE_NAME`,
      replace: `PERFORM 1 FROM public.customer WHERE id = OLD.customer_id;
        IF FOUND AND TG_TABLE_NAME`,
      specs: OF_PURGE,
      tests: 'the purge may delete only what is',
    },
    {
      name: 'the purge deletes the key of a document that stays',
      file: REFUSALS,
      find: `AND document.content_id IS NOT NULL
              AND document.sealed_content IS NULL`,
      replace: `AND document.content_id IS NULL
              AND document.sealed_content IS NULL`,
      specs: OF_PURGE,
      tests: 'the purge may delete only what is',
    },
    {
      name: 'an entry of the next hour is accepted',
      file: TYPED,
      find: `clock_timestamp() + interval '15 minutes'`,
      replace: `clock_timestamp() + interval '15 hours'`,
      specs: OF_ATTACKS,
      tests: 'the audit log under attack by an entry',
    },
    {
      name: 'an entry by an employee whom nobody knows is accepted',
      file: TYPED,
      find: `AND (e.actor_id IS NULL OR e.actor_id = ANY (employees))`,
      replace: `AND (e.actor_id IS NULL OR cardinality(employees) >= 0)`,
      specs: OF_ATTACKS,
      tests: 'the audit log under attack by an entry',
    },
    {
      name: 'an entry that the ledger holds is accepted with other bytes',
      file: REFUSALS,
      find: `AND a.leaf IS DISTINCT FROM sha256('\\\\x00'::bytea || convert_to(e.canonical, 'UTF8'));`,
      replace: `AND a.leaf IS NULL;`,
      specs: OF_ATTACKS,
      tests: 'the audit log under attack by an entry',
    },
    {
      name: 'entries of an erasure by nobody are accepted',
      file: TYPED,
      find: `AND num_nulls(e.customer_id, e.run_id, e.actor_id) = 0),`,
      replace: `AND num_nulls(e.customer_id, e.run_id) = 0),`,
      specs: OF_ATTACKS,
      tests: 'the audit log under attack by an entry',
    },
    {
      name: 'entries of an erasure that did not happen are accepted',
      file: REFUSALS,
      find: `(anonymized_at IS NOT NULL OR NEW.action = 'ERASURE_REPLAYED' AND merged_into_id IS NOT NULL))`,
      replace: `(anonymized_at IS NULL OR anonymized_at IS NOT NULL))`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'an anonymization with four of five entries is accepted',
      file: TYPED,
      find: `HAVING count(DISTINCT c.module) = 5;`,
      replace: `HAVING count(DISTINCT c.module) >= 4;`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'an anonymization is proved by the entries of another employee',
      file: TYPED,
      find: `AND (c.action = 'ERASURE_REPLAYED' OR c.actor_id = done.actor_id)`,
      replace: `AND (c.action = 'ERASURE_REPLAYED' OR c.actor_id IS NOT NULL)`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'an anonymization is proved by the entries of another run',
      file: TYPED,
      find: `            AND c.run_id = done.run_id\n`,
      replace: '',
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'an anonymization is proved by the entries of another customer',
      file: TYPED,
      find: `AND c.customer_ids = done.ids
          GROUP BY`,
      replace: `AND cardinality(c.customer_ids) = cardinality(done.ids)
          GROUP BY`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'a customer is anonymized with a name in place of the label',
      file: TYPED,
      find: `IF proof IS NULL OR NOT done.is_labelled THEN`,
      replace: `IF proof IS NULL THEN`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'a replay erases somebody whom the ledger does not name',
      file: TYPED,
      find: `            IF FOUND THEN
              proof := NULL;`,
      replace: `            IF NOT FOUND AND FOUND THEN
              proof := NULL;`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'a customer may be entered as anonymized',
      file: REFUSALS,
      find: `WHEN (num_nonnulls(NEW.anonymized_at, NEW.merged_into_id) > 0)`,
      replace: `WHEN (NEW.merged_into_id IS NOT NULL)`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'a customer may be merged into an anonymized one',
      file: REFUSALS,
      find: `IF target.anonymized_at IS NOT NULL THEN`,
      replace: `IF target.anonymized_at IS NOT NULL AND target.merged_into_id IS NOT NULL THEN`,
      tests: 'the database refuses a merge',
    },
    {
      name: 'customers may be merged in circles',
      file: REFUSALS,
      find: `ELSIF target.merged_into_id IS NOT NULL THEN`,
      replace: `ELSIF target.merged_into_id = NEW.merged_into_id THEN`,
      tests: 'the database refuses a merge',
    },
    {
      name: 'a merge may be taken back',
      file: REFUSALS,
      find: `ELSIF OLD.merged_into_id IS NOT NULL OR NEW.merged_into_id = NEW.id THEN`,
      replace: `ELSIF NEW.merged_into_id = NEW.id THEN`,
      tests: 'the database refuses a merge',
    },
    {
      name: 'an erasure follows a merge that was refused',
      file: TYPED,
      find: `              AND e.action || '' = 'CUSTOMERS_MERGED'
              AND e.outcome = 'SUCCEEDED'\n`,
      replace: `              AND e.action || '' = 'CUSTOMERS_MERGED'\n`,
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'a decision that the log does not hold lets a replay erase a stranger',
      file: TYPED,
      find: `                  AND e.canonical::json -> 'details' ->> 'otherCustomerId' = reached.id::text\n`,
      replace: '',
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'an operator’s dismissal lets a replay erase a stranger',
      file: TYPED,
      find: `                  AND e.canonical::json -> 'details' ->> 'resolution' = 'ERASED'\n`,
      replace: '',
      tests: 'the database refuses an anonymization',
    },
    {
      name: 'lines of issued documents may be changed',
      file: REFUSALS,
      find: `AND NOT coalesce(public.is_issued((before ->> 'invoice_id')::bigint), false)
          AND NOT coalesce`,
      replace: `AND NOT coalesce`,
      tests: 'the database refuses changes of issued',
    },
    {
      name: 'a replay erases by another run of the same customer',
      file: TYPED,
      find: `                  AND e.run_id::text = done.run_id::text\n`,
      replace: '',
      tests: 'the database refuses an anonymization',
    },
  ],
};
