/** Deletion after the retention period: the purge, the outbox of contents, stranded contents and the store. */
const SESSION = 'src/modules/archive/purge/purge-session.ts';
const DELETES = 'src/modules/archive/queries/purge.queries.ts';
const PURGE = 'src/modules/archive/purge/archive-purge.ts';
const UPKEEP = 'src/modules/archive/purge/archive-upkeep.ts';
const STRANDED = 'src/modules/archive/purge/stranded-contents.ts';
const SAMPLE = 'src/modules/archive/purge/archive-sample.ts';
const REMOVALS = 'src/modules/archive/outbox/content-removals.ts';
const FORGOTTEN = 'src/modules/archive/outbox/forgotten-contents.ts';
const STORE = 'src/modules/archive/storage/local-content-store.ts';
const REFUSALS = 'migrations/0021-refusals.ts';

const documents = { specs: ['test/e2e/documents.e2e.spec.ts'] };
const store = { specs: ['test/unit/local-content-store.spec.ts'] };
const fingerprints = { specs: ['test/integration/key-fingerprints.spec.ts'] };

export default {
  specs: ['test/integration/purge.spec.ts'],
  mutants: [
    {
      name: 'documents go on their last day instead of the day after',
      file: DELETES,
      find: 'AND d.retention_until < $2\n',
      replace: 'AND d.retention_until <= $2\n',
      tests: 'the purge deletes a sealed copy',
    },
    {
      name: 'documents of living customers are deleted',
      file: DELETES,
      find: 'USING ${ANONYMIZED_CUSTOMERS} c\n',
      replace: 'USING (SELECT id FROM customer) c\n',
      tests: 'the purge does not touch',
    },
    {
      name: 'the contents of purged documents stay in the store',
      file: SESSION,
      find: 'await this.removeContents(documents);',
      replace: '',
      tests: 'the purge deletes documents after',
    },
    {
      name: 'a content that lies in its row is removed from the store, too',
      file: DELETES,
      find: 'CASE WHEN d.sealed_content IS NULL THEN d.content_id END AS stored_content_id',
      replace: 'd.content_id AS stored_content_id',
      tests: 'the purge deletes documents after',
    },
    {
      name: 'a key goes with the first of its documents',
      file: DELETES,
      find: 'AND NOT EXISTS (\n    SELECT FROM archive_document d WHERE d.content_id IS NOT NULL AND d.sealed_content IS NULL\n',
      replace:
        'AND NOT EXISTS (\n    SELECT FROM archive_document d WHERE d.content_id IS NULL AND d.sealed_content IS NULL\n',
      tests: 'the purge deletes documents after',
    },
    {
      name: 'an envelope goes although another customer needs its key',
      file: SESSION,
      find: 'WHERE e.id = ANY ($1::uuid[])\n         AND NOT EXISTS (SELECT FROM archive_document d WHERE d.envelope_id = e.id)\n         AND NOT EXISTS (SELECT FROM archive_key k WHERE k.envelope_id = e.id)`,',
      replace:
        'WHERE e.id = ANY ($1::uuid[])\n         AND NOT EXISTS (SELECT FROM archive_document d WHERE d.envelope_id = e.id)`,',
      tests: 'the purge keeps an envelope',
    },
    {
      name: 'a key in a due envelope goes although it opens a document',
      file: SESSION,
      find: 'WHERE e.id = k.envelope_id AND e.retention_until < $1\n         AND NOT EXISTS (SELECT FROM archive_document d WHERE d.content_id IS NOT NULL AND ${KEY_OF_DOCUMENT})`,',
      replace: 'WHERE e.id = k.envelope_id AND e.retention_until < $1`,',
      tests: 'the purge ',
    },
    {
      name: 'a purge is not written down',
      file: SESSION,
      find: 'await this.record(documents, now);',
      replace: '',
      tests: 'the purge deletes documents after',
    },
    {
      name: 'the log tells of the last document of a customer alone',
      file: SESSION,
      find: 'found.set(document.customer_id, [...(found.get(document.customer_id) ?? []), document]);',
      replace: 'found.set(document.customer_id, [document]);',
      tests: 'the purge deletes documents after',
    },
    {
      name: 'documents are purged although the log could not be written',
      file: SESSION,
      find: "await this.query('BEGIN ISOLATION LEVEL READ COMMITTED');",
      replace: '',
      tests: 'the purge deletes a whole batch with',
    },
    {
      name: 'two processes purge at once',
      file: SESSION,
      find: 'return row?.alone === true;',
      replace: 'return row !== undefined;',
      tests: 'the purge runs in one process',
    },
    {
      name: 'envelopes without documents stay for ever',
      file: PURGE,
      find: 'if (customers === due.length) await session.deleteDueEnvelopes(today);',
      replace: '',
      tests: 'the purge deletes an envelope',
    },
    {
      name: 'only the first hundred customers are purged',
      file: PURGE,
      find: 'while (customers < due.length && signal?.aborted !== true) {',
      replace: 'if (customers < due.length && signal?.aborted !== true) {',
      tests: 'the purge processes every',
    },
    {
      name: 'the purge goes on after the product was told to stop',
      file: PURGE,
      find: 'customers < due.length && signal?.aborted !== true',
      replace: 'customers < due.length',
      tests: 'the purge processes every',
    },
    {
      name: 'the purge runs on a restored database that does not know who is anonymized',
      file: 'src/platform/background/periodic-task.ts',
      find: 'if (!duringFaults && this.health.faults.length > 0) return false;',
      replace: '',
      tests: 'the purge runs when',
    },
    {
      name: 'contents are removed while documents miss theirs',
      file: STRANDED,
      find: 'if (isForeign || missing > 0) return',
      replace: 'if (isForeign) return',
      tests: 'the purge of stranded',
    },
    {
      name: 'contents in the folder of another database are removed',
      file: STRANDED,
      find: 'if (isForeign || missing > 0) return',
      replace: 'if (missing > 0) return',
      tests: 'the purge of stranded',
    },
    {
      name: 'a content without a document is removed when it is first seen',
      file: STRANDED,
      find: 'const stranded = await this.findStrandedForADay(unnamedContents);',
      replace: 'const stranded = unnamedContents;',
      tests: 'the purge of stranded',
    },
    {
      name: 'a content that has its document again counts from when it had none',
      file: STRANDED,
      find: "await this.transaction.execute('DELETE FROM stranded_content WHERE content_id <> ALL ($1::uuid[])', [contentIds]);",
      replace: '',
      tests: 'the purge of stranded',
    },
    {
      name: 'a removal that failed is forgotten',
      file: REMOVALS,
      find: 'await this.outbox.remove(idsOf(removals.filter((removal) => !failed.includes(removal))));',
      replace: 'await this.outbox.remove(idsOf(removals));',
      ...documents,
    },
    {
      name: 'the contents of vouchers are removed when their customer is anonymized',
      file: FORGOTTEN,
      find: "AND retention_class = 'NONE' AND content_id IS NOT NULL",
      replace: 'AND content_id IS NOT NULL',
      ...documents,
    },
    {
      name: 'an upload is there before it is whole',
      file: STORE,
      find: 'const upload = join(this.dir, INCOMING, randomUUID());',
      replace: 'await mkdir(dirname(path), { recursive: true, mode: 0o700 });\n    const upload = path;',
      ...store,
    },
    {
      name: 'an upload that broke off stays on the disk',
      file: STORE,
      find: 'await rm(upload, { force: true });\n      throw error;',
      replace: 'throw error;',
      ...store,
    },
    {
      name: 'uploads under way are cleared',
      file: STORE,
      find: 'if (upload && upload.mtimeMs < Date.now() - ABANDONED_AFTER_MS)',
      replace: 'if (upload && upload.mtimeMs < Date.now() + ABANDONED_AFTER_MS)',
      ...store,
    },
    {
      name: 'an id leads out of the archive folder',
      file: STORE,
      find: "if (!CONTENT_ID.test(id)) throw new DomainError('CONTENT_ID_INVALID');",
      replace: '',
      ...store,
    },
    {
      name: 'a content that cannot be removed passes for removed',
      file: STORE,
      find: "if (error.code === 'ENOENT') return null;\n  throw error;",
      replace: "if (error.code !== '') return null;\n  throw error;",
      ...store,
    },
    {
      name: 'contents are readable by everybody on the machine',
      file: STORE,
      find: "open(path, 'wx', 0o600);",
      replace: "open(path, 'wx', 0o644);",
      ...store,
    },
    {
      name: 'the database lets a document of a living customer be purged',
      file: REFUSALS,
      find: 'PERFORM 1 FROM public.customer WHERE id = OLD.customer_id AND anonymized_at IS NOT NULL;\n        IF FOUND AND TG_TABLE_NAME',
      replace: 'PERFORM 1 FROM public.customer WHERE id = OLD.customer_id;\n        IF FOUND AND TG_TABLE_NAME',
      tests: 'the purge may delete only what is',
    },
    {
      name: 'the database lets a key be purged that opens a document',
      file: REFUSALS,
      find: 'WHERE document.customer_id = OLD.customer_id\n              AND document.retention_class = to_jsonb(OLD)',
      replace:
        'WHERE document.customer_id <> OLD.customer_id\n              AND document.retention_class = to_jsonb(OLD)',
      tests: 'the purge may delete only what is',
    },
    {
      name: 'the database lets a document be purged before its date',
      file: REFUSALS,
      find: "(clock_timestamp() AT TIME ZONE 'UTC' + interval '14 hours')::date",
      replace: "(clock_timestamp() AT TIME ZONE 'UTC' + interval '14 years')::date",
      tests: 'the purge may delete only what is',
    },
    {
      name: 'the application may delete what the law retains',
      file: REFUSALS,
      find: "WHEN (OLD.retention_class <> 'NONE' AND current_user <> 'lethe_purge') EXECUTE",
      replace: "WHEN (OLD.retention_class = 'VOUCHER' AND current_user <> 'lethe_purge') EXECUTE",
      specs: ['test/integration/refusals.spec.ts'],
    },
  ],
};
