import { Readable } from 'node:stream';
import { v7 } from 'uuid';
import type TestAgent from 'supertest/lib/agent';
import { ArchiveKeys, ArchivePurge } from '../../src/modules/archive';
import { KEY_ENCRYPTION_KEY } from '../../src/modules/archive/archive-tokens';
import { ArchiveUpkeep } from '../../src/modules/archive/purge/archive-upkeep';
import { PurgeSession } from '../../src/modules/archive/purge/purge-session';
import { ArchiveContents } from '../../src/modules/archive/purge/archive-contents';
import { StrandedContents } from '../../src/modules/archive/purge/stranded-contents';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { archiveDocument, contentStoreOf } from '../support/documents';
import { finishedRun } from '../support/runs';
import { TestApp } from '../support/test-app';
import { until } from '../support/until';

const HOUR = 60 * 60 * 1000;
const ANONYMIZED_ON = '2025-06-01T10:00:00Z';

describe('the purge', () => {
  let app: TestApp;
  let admin: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  beforeEach(async () => {
    app.clock.set(ANONYMIZED_ON);
    admin = await app.as('admin');
  });
  afterAll(() => app.stop());

  const purge = () => new ArchivePurge(app.database, app.clock).purgeDue();
  const purgeOn = (instant: string) => {
    app.clock.set(instant);
    return purge();
  };
  const anonymize = (customerId: string, confirmation: string) =>
    admin
      .post(`/api/v1/customers/${customerId}/anonymization`)
      .send({ confirmation, reason: 'ERASURE_REQUEST' })
      .expect(200);
  const rows = async (sql: string, ...parameters: unknown[]) => (await app.sql.query(sql, parameters)).rows;
  const documentsOf = async (customerId: string) =>
    (await rows('SELECT id FROM archive_document WHERE customer_id = $1 ORDER BY id', customerId)).map(({ id }) => id);
  const keysOf = async (customerId: string) =>
    (
      await rows(
        'SELECT retention_class AS class FROM archive_key WHERE customer_id = $1 ORDER BY retention_class',
        customerId,
      )
    ).map((row) => row.class);
  const envelopes = async () => (await rows('SELECT id FROM fiscal_envelope')).length;
  const envelopesUntil = async () =>
    (await rows('SELECT retention_until FROM fiscal_envelope ORDER BY retention_until')).map(
      ({ retention_until }) => retention_until,
    );
  const purgesOf = (customerId: string) =>
    rows(
      `SELECT content ->> 'actorId' AS actor, content ->> 'outcome' AS outcome, content ->> 'module' AS module, content -> 'details' AS details
       FROM audit.entry WHERE content ->> 'customerId' = $1 AND content ->> 'action' = 'DOCUMENT_PURGED' ORDER BY id`,
      customerId,
    );
  const isStored = (contentId: string) =>
    contentStoreOf(app)
      .open(contentId)
      .then(
        (stream) => Boolean(stream.destroy()),
        () => false,
      );

  it('deletes documents after their retention period, class by class, with contents, keys and envelopes', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-1' });
    const letter = await archiveDocument(app, customerId, { retentionClass: 'BUSINESS_LETTER' });
    const vouchers = [
      await archiveDocument(app, customerId, { retentionClass: 'VOUCHER' }),
      await archiveDocument(app, customerId, { retentionClass: 'VOUCHER', createdOn: '2023-01-01' }),
    ];
    const protocol = await archiveDocument(app, customerId, { retentionClass: 'MEDICAL_DEVICE' });
    await app.records.paidInvoice(customerId, { issued_on: '2024-02-02' });
    await anonymize(customerId, 'P-1');
    const [copy] = (
      await rows(`SELECT id FROM archive_document WHERE customer_id = $1 AND type = 'SEALED_COPY'`, customerId)
    ).map(({ id }) => id as string);
    expect([await keysOf(customerId), await envelopesUntil()]).toEqual([
      ['BUSINESS_LETTER', 'MEDICAL_DEVICE', 'VOUCHER'],
      ['2030-12-31', '2032-12-31', '2034-12-31'],
    ]);

    // created in 2024: kept until the end of 2030, 2032 and 2034, in the shop's time zone
    expect(await purgeOn('2030-12-31T22:59:59Z')).toEqual({ customers: 0, documents: 0 });
    expect(await purgeOn('2030-12-31T23:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect(await documentsOf(customerId)).toEqual([vouchers[0]!.id, vouchers[1]!.id, protocol.id, copy]);
    expect([await keysOf(customerId), await envelopesUntil()]).toEqual([
      ['MEDICAL_DEVICE', 'VOUCHER'],
      ['2032-12-31', '2034-12-31'],
    ]);
    await until('the letter is removed', async () => !(await isStored(letter.contentId)));

    // one of two vouchers: the key is still needed
    expect(await purgeOn('2032-01-01T12:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect(await keysOf(customerId)).toEqual(['MEDICAL_DEVICE', 'VOUCHER']);
    expect(await isStored(vouchers[0]!.contentId)).toBe(true);

    // the second voucher, and the sealed copy, whose content is in its row and not in the store
    await until('the outbox is empty', async () => (await rows('SELECT FROM outbox')).length === 0);
    const removal = jest.spyOn(contentStoreOf(app), 'remove');
    expect(await purgeOn('2033-01-01T12:00:00Z')).toEqual({ customers: 1, documents: 2 });
    await until('the outbox is empty', async () => (await rows('SELECT FROM outbox')).length === 0);
    expect(removal.mock.calls).toEqual([[vouchers[0]!.contentId]]);
    removal.mockRestore();
    expect([await documentsOf(customerId), await keysOf(customerId), await envelopes()]).toEqual([
      [protocol.id],
      ['MEDICAL_DEVICE'],
      1,
    ]);

    expect(await purgeOn('2040-01-01T12:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect([await documentsOf(customerId), await keysOf(customerId), await envelopes()]).toEqual([[], [], 0]);
    for (const { contentId } of [letter, ...vouchers, protocol])
      await until('the content is removed', async () => !(await isStored(contentId)));

    const entry = (count: number, classes: object, documentIds: unknown[]) => ({
      actor: null,
      outcome: 'SUCCEEDED',
      module: 'archive',
      details: { count, classes, documentIds },
    });
    expect(await purgesOf(customerId)).toEqual([
      entry(1, { BUSINESS_LETTER: 1 }, [letter.id]),
      entry(1, { VOUCHER: 1 }, [vouchers[1]!.id]),
      entry(2, { VOUCHER: 2 }, [vouchers[0]!.id, copy]),
      entry(1, { MEDICAL_DEVICE: 1 }, [protocol.id]),
    ]);
    expect((await rows('SELECT last_name FROM customer WHERE id = $1', customerId))[0].last_name).toMatch(
      /^Anonymisiert am 01\.06\.2025/,
    );
  });

  it('deletes a sealed copy on the day after its last one, together with the key that opens its older versions', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-COPY' });
    for (const issuedOn of ['2020-05-01', '2021-05-01'])
      await app.records.insert('receipt', { customer_id: customerId, issued_at: `${issuedOn}T10:00Z` });
    await anonymize(customerId, 'P-COPY');
    const [first, second] = await rows(
      `SELECT d.id, e.retention_until FROM archive_document d JOIN fiscal_envelope e ON e.id = d.envelope_id
       WHERE d.customer_id = $1 ORDER BY d.retention_until`,
      customerId,
    );
    expect([first, second].map((row) => row!.retention_until)).toEqual(['2028-12-31', '2029-12-31']);
    const left = async () => [await documentsOf(customerId), await envelopesUntil()];
    expect(await purgeOn('2028-12-31T22:59:59Z')).toEqual({ customers: 0, documents: 0 });
    const session = await PurgeSession.open(app.database.as('lethe_purge'));
    expect(await session.purge([customerId], '2028-12-31', new Date())).toBe(0); // nor when another of the customer's documents is due
    await session.close();
    expect(await left()).toEqual([
      [first!.id, second!.id],
      ['2028-12-31', '2029-12-31'],
    ]);
    expect(await purgeOn('2028-12-31T23:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect(await left()).toEqual([[second!.id], ['2029-12-31']]);
    await purgeOn('2030-01-01T12:00:00Z');
    expect(await left()).toEqual([[], []]);
  });

  it('deletes an envelope after its last day, even if it contains a key that opens nothing', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-KEY' });
    const transaction = app.nest.get(TransactionRunner);
    const keys = new ArchiveKeys(transaction, app.nest.get<Buffer>(KEY_ENCRYPTION_KEY, { strict: false }));
    // a key without a document, like that of an interrupted upload
    (await transaction.run(() => keys.obtain([{ customerId, retentionClass: 'VOUCHER' }]))).wipe();
    await anonymize(customerId, 'P-KEY');
    expect([await keysOf(customerId), await envelopesUntil()]).toEqual([['VOUCHER'], ['2025-06-01']]);
    await purgeOn('2025-06-01T12:00:00Z');
    expect([await keysOf(customerId), await envelopes()]).toEqual([['VOUCHER'], 1]);
    await purgeOn('2025-06-02T12:00:00Z');
    expect([await keysOf(customerId), await envelopes()]).toEqual([[], 0]);
  });

  it('keeps a key in an envelope that is due while a document needs it', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-LONG' });
    const { id } = await archiveDocument(app, customerId, { retentionClass: 'VOUCHER' });
    await anonymize(customerId, 'P-LONG');
    await app.sql.query('ALTER TABLE archive_document DISABLE TRIGGER guard_update');
    await app.sql.query(`UPDATE archive_document SET retention_until = '2040-12-31' WHERE id = $1`, [id]);
    await app.sql.query('ALTER TABLE archive_document ENABLE ALWAYS TRIGGER guard_update');
    expect(await purgeOn('2033-01-02T12:00:00Z')).toEqual({ customers: 0, documents: 0 });
    expect([await documentsOf(customerId), await keysOf(customerId), await envelopesUntil()]).toEqual([
      [id],
      ['VOUCHER'],
      ['2032-12-31'],
    ]);
    expect(await purgeOn('2041-01-01T12:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect([await keysOf(customerId), await envelopes()]).toEqual([[], 0]);
  });

  it('keeps a copy of the former kind until its stated date, and its envelope without a date as long', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-V1' });
    await app.sql.query(
      `WITH envelope AS (
         INSERT INTO fiscal_envelope (id, recipient, sealed_key) VALUES (uuid_v7(), 'age1', 'sealed') RETURNING id)
       INSERT INTO archive_document
         (customer_id, type, retention_class, created_on, retention_until, content_id, sealed_content, envelope_id)
       SELECT $1, 'FISCAL_COPY', 'VOUCHER', '2025-06-01', '2032-12-31', uuid_v7(), '\\x01', id FROM envelope`,
      [customerId],
    );
    await anonymize(customerId, 'P-V1'); // does not change copies that an earlier version has sealed
    expect(await rows('SELECT type, title FROM archive_document WHERE customer_id = $1', customerId)).toEqual([
      { type: 'FISCAL_COPY', title: null },
    ]);
    await purgeOn('2032-12-31T12:00:00Z');
    expect([(await documentsOf(customerId)).length, await envelopesUntil()]).toEqual([1, [null]]);
    expect(await purgeOn('2033-01-01T12:00:00Z')).toEqual({ customers: 1, documents: 1 });
    expect([await documentsOf(customerId), await envelopes()]).toEqual([[], 0]);
  });

  it('keeps an envelope for as long as one of its customers needs it', async () => {
    const [early, late] = [
      await app.records.customer({ customer_number: 'P-2' }),
      await app.records.customer({ customer_number: 'P-3' }),
    ];
    await archiveDocument(app, early, { retentionClass: 'BUSINESS_LETTER' });
    await archiveDocument(app, late, { retentionClass: 'BUSINESS_LETTER' });
    const { body: run } = await admin
      .post('/api/v1/anonymization-runs')
      .send({ customerIds: [early, late] })
      .expect(202);
    await finishedRun(admin, run.id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${run.id}/start`)
      .send({ confirmation: 2, reason: 'RETENTION_EXPIRED' })
      .expect(202);
    await until(
      'the keys are destroyed',
      async () => (await rows('SELECT FROM archive_key WHERE wrapped_key IS NOT NULL')).length === 0,
    );
    const sealedFor = async () =>
      (
        await rows(
          `SELECT e.retention_until FROM archive_key k JOIN fiscal_envelope e ON e.id = k.envelope_id
           WHERE k.customer_id = $1`,
          late,
        )
      ).map(({ retention_until }) => retention_until);
    const session = await PurgeSession.open(app.database.as('lethe_purge'));
    expect(await session.purge([early], '2031-01-01', new Date())).toBe(1);
    await session.close();
    expect([await documentsOf(early), (await documentsOf(late)).length, await sealedFor()]).toEqual([
      [],
      1,
      ['2030-12-31'],
    ]);
    await purgeOn('2031-01-01T12:00:00Z');
    expect([await documentsOf(late), await envelopes()]).toEqual([[], 0]);
  });

  it('does not touch customers who are not anonymized, however old their documents are', async () => {
    const customerId = await app.records.customer();
    const { id, contentId } = await archiveDocument(app, customerId, {
      retentionClass: 'VOUCHER',
      createdOn: '1999-01-01',
    });
    expect(await purgeOn('2050-01-01T12:00:00Z')).toEqual({ customers: 0, documents: 0 });
    expect([await documentsOf(customerId), await keysOf(customerId), await isStored(contentId)]).toEqual([
      [id],
      ['VOUCHER'],
      true,
    ]);
    const session = await PurgeSession.open(app.database.as('lethe_purge'));
    expect(await session.purge([customerId], '2050-01-01', new Date())).toBe(0);
    await session.close();
    expect(await documentsOf(customerId)).toEqual([id]);
  });

  it('processes every customer who is due, and stops between two batches on request', async () => {
    const customerIds: string[] = [];
    for (let count = 0; count < 101; count++) {
      const id = await app.records.customer();
      await app.records.insert('receipt', { customer_id: id, issued_at: '2020-05-01T10:00Z' });
      customerIds.push(id);
    }
    const { body: run } = await admin.post('/api/v1/anonymization-runs').send({ customerIds }).expect(202);
    await finishedRun(admin, run.id, 'PREVIEWED');
    await admin
      .post(`/api/v1/anonymization-runs/${run.id}/start`)
      .send({ confirmation: 101, reason: 'RETENTION_EXPIRED' })
      .expect(202);
    await finishedRun(admin, run.id, 'COMPLETED');
    app.clock.set('2029-01-01T12:00:00Z');
    expect(await new ArchivePurge(app.database, app.clock).purgeDue(AbortSignal.abort())).toEqual({
      customers: 0,
      documents: 0,
    });
    expect(await purge()).toEqual({ customers: 101, documents: 101 });
  });

  it('runs in one process at a time', async () => {
    const session = await PurgeSession.open(app.database.as('lethe_purge'));
    expect(await session.isAlone()).toBe(true);
    expect(await purge()).toBeNull();
    await session.close();
    await until('it is purged', async () => (await purge()) !== null);
  });

  it('deletes a whole batch with its audit entries, or nothing', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-4' });
    const { id } = await archiveDocument(app, customerId, { retentionClass: 'BUSINESS_LETTER' });
    await anonymize(customerId, 'P-4');
    await until('the outbox is empty', async () => (await rows('SELECT FROM outbox')).length === 0);
    await app.sql.query('REVOKE INSERT (id, canonical) ON audit.entry FROM lethe_purge');
    await expect(purgeOn('2031-01-01T12:00:00Z')).rejects.toMatchObject({ code: '42501' });
    await app.sql.query('GRANT INSERT (id, canonical) ON audit.entry TO lethe_purge');
    expect([await documentsOf(customerId), await keysOf(customerId)]).toEqual([[id], ['BUSINESS_LETTER']]);
    expect(await rows('SELECT FROM outbox')).toEqual([]);
    expect(await purge()).toEqual({ customers: 1, documents: 1 });
  });

  it('may delete, and nothing else', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-5' });
    await archiveDocument(app, customerId, { retentionClass: 'VOUCHER' });
    await anonymize(customerId, 'P-5');
    const sql = await app.database.look();
    await sql.query('SET SESSION AUTHORIZATION lethe_purge');
    for (const statement of [
      `UPDATE archive_document SET title = 'x'`,
      `INSERT INTO archive_key (customer_id, retention_class, wrapped_key) VALUES ('${customerId}', 'NONE', 'x')`,
      'SELECT last_name FROM customer',
      'SELECT sealed_key FROM fiscal_envelope',
      'DELETE FROM customer',
      'DELETE FROM invoice',
      'SELECT FROM outbox',
      'SELECT FROM audit.entry',
    ])
      await expect(sql.query(statement)).rejects.toMatchObject({ code: '42501' });
    await sql.query('RESET SESSION AUTHORIZATION');
  });

  it('is exempt from the guards for DELETE only', async () => {
    const triggers = await rows(
      `SELECT pg_get_triggerdef(t.oid) AS definition FROM pg_trigger t
       WHERE pg_get_triggerdef(t.oid) LIKE '%<> ''lethe_purge''%'`,
    );
    expect(triggers.length).toBeGreaterThan(0);
    for (const { definition } of triggers) expect(definition).toContain(' AFTER DELETE ON ');
  });

  it('may delete only what is due: nothing of living customers, nothing before its date, no key of a kept document', async () => {
    const living = await app.records.customer();
    await archiveDocument(app, living, { retentionClass: 'VOUCHER' });
    const customerId = await app.records.customer({ customer_number: 'P-7' });
    await archiveDocument(app, customerId, { retentionClass: 'VOUCHER' });
    await anonymize(customerId, 'P-7');
    const sql = await app.database.look();
    const asPurge = async (...statements: readonly string[]) => {
      await sql.query('BEGIN');
      try {
        for (const statement of statements) await sql.query(statement);
        return null;
      } catch (error) {
        return (error as { code?: string }).code;
      } finally {
        await sql.query('ROLLBACK');
      }
    };
    const role = 'SET LOCAL SESSION AUTHORIZATION lethe_purge';
    const documents = `DELETE FROM archive_document WHERE customer_id = '${customerId}'`;
    const keys = `DELETE FROM archive_key WHERE customer_id = '${customerId}'`;
    expect(await asPurge(role, `DELETE FROM archive_key WHERE customer_id = '${living}'`)).toBe('AN007');
    expect(await asPurge(role, `DELETE FROM archive_document WHERE customer_id = '${living}'`)).toBe('AN007');
    expect(await asPurge(role, keys)).toBe('AN007');
    expect(await asPurge('DELETE FROM audit.simulation', role, documents)).toBe('AN007');
    // a date on which the server's own clock is later as well
    const dueOn = (date: string) => `ALTER TABLE archive_document DISABLE TRIGGER guard_update;
      UPDATE archive_document SET retention_until = ${date} WHERE retention_until IS NOT NULL`;
    expect(await asPurge('DELETE FROM audit.simulation', dueOn(`'2019-12-31'`), role, documents, keys)).toBeNull();
    // the current date in the earliest time zone
    const today = `(clock_timestamp() AT TIME ZONE 'UTC' + interval '14 hours')::date`;
    expect(await asPurge('DELETE FROM audit.simulation', dueOn(today), role, documents)).toBe('AN007');
    expect(await asPurge('DELETE FROM audit.simulation', dueOn(`${today} - 1`), role, documents)).toBeNull();
    expect(await asPurge(role, 'SELECT title FROM archive_document')).toBe('42501');
    expect(await asPurge(role, 'SELECT file_name FROM archive_document')).toBe('42501');
  });

  it('runs when the product starts, unless there is a fault, and reports failures', async () => {
    const customerId = await app.records.customer({ customer_number: 'P-6' });
    await archiveDocument(app, customerId, { retentionClass: 'BUSINESS_LETTER' });
    await anonymize(customerId, 'P-6');
    app.clock.set('2031-01-01T12:00:00Z');
    const health = app.nest.get(HealthSignals);
    const started = async () => {
      const upkeep = new ArchiveUpkeep(
        new ArchivePurge(app.database, app.clock),
        app.nest.get<ArchiveContents>(ArchiveContents, { strict: false }),
        health,
        app.nest.get(Logger),
      );
      const round = jest.spyOn(upkeep, 'attempt');
      upkeep.onApplicationBootstrap();
      await round.mock.results[0]!.value;
      await upkeep.onApplicationShutdown();
    };
    health.fault('DATABASE_BEHIND_LEDGER');
    await started();
    health.fault('DATABASE_BEHIND_LEDGER', false);
    expect(await documentsOf(customerId)).toHaveLength(1);

    await app.sql.query('REVOKE DELETE ON archive_document FROM lethe_purge');
    await started();
    expect(health.warnings).toContain('ARCHIVE_UPKEEP_FAILED');
    await app.sql.query('GRANT DELETE ON archive_document TO lethe_purge');
    await started();
    expect([health.warnings.includes('ARCHIVE_UPKEEP_FAILED'), await documentsOf(customerId)]).toEqual([false, []]);
  });

  describe('of stranded contents', () => {
    const sweep = () => app.nest.get(StrandedContents, { strict: false }).sweep();
    const strand = async (ageMs: number) => {
      const contentId = v7({ msecs: app.clock.now().getTime() - ageMs });
      await contentStoreOf(app).put(contentId, Readable.from([Buffer.from('encrypted')], { objectMode: false }));
      return contentId;
    };

    const sweepAfter = (ms: number) => {
      app.clock.set(new Date(app.clock.now().getTime() + ms).toISOString());
      return sweep();
    };
    /** Deletes a document as a restore does, without the triggers. */
    const forget = async (documentId: string) => {
      await app.sql.query('ALTER TABLE archive_document DISABLE TRIGGER refuse_delete');
      await app.sql.query('DELETE FROM archive_document WHERE id = $1', [documentId]);
      await app.sql.query('ALTER TABLE archive_document ENABLE ALWAYS TRIGGER refuse_delete');
    };
    const NOTHING = { removed: 0, spared: 0, missing: 0 };
    let day = 0;

    beforeEach(async () => {
      await app.sql.query('DELETE FROM stranded_content'); // earlier tests have set the clock to other years
      app.clock.set(new Date(Date.now() + 96 * HOUR * ++day).toISOString());
      await sweep();
      await sweepAfter(24 * HOUR);
    });

    it('removes those that have been without a document for a day, and only those', async () => {
      const document = await archiveDocument(app, await app.records.customer());
      const old = await strand(25 * HOUR);
      const young = await strand(HOUR);
      const ageless = 'c4b62b1a-0000-4000-8000-000000000000';
      await contentStoreOf(app).put(ageless, Readable.from([Buffer.from('x')], { objectMode: false }));
      const stored = () => Promise.all([old, young, ageless, document.contentId].map(isStored));
      expect([await sweep(), await stored()]).toEqual([NOTHING, [true, true, true, true]]);
      expect(await sweepAfter(24 * HOUR - 1)).toEqual(NOTHING);
      expect([await sweepAfter(1), await stored()]).toEqual([{ ...NOTHING, removed: 1 }, [false, true, true, true]]);
      // a day after it was old enough to be recorded
      expect([await sweepAfter(24 * HOUR - 1), await stored()]).toEqual([
        { ...NOTHING, removed: 1 },
        [false, false, true, true],
      ]);
      await contentStoreOf(app).remove(ageless);
    });

    it('keeps a content for a day after a restore has lost its document, however old it is', async () => {
      const customerId = await app.records.customer();
      const { id, contentId } = await archiveDocument(app, customerId, { retentionClass: 'VOUCHER' });
      app.clock.set(new Date(app.clock.now().getTime() + 30 * 24 * HOUR).toISOString());
      expect(await sweep()).toEqual(NOTHING);
      await forget(id); // a restore of the wrong backup
      expect([await sweep(), await sweepAfter(23 * HOUR), await isStored(contentId)]).toEqual([NOTHING, NOTHING, true]);
      await app.records.insert('archive_document', { customer_id: customerId, content_id: contentId }); // a restore of the right one
      expect([await sweep(), await sweepAfter(48 * HOUR), await isStored(contentId)]).toEqual([NOTHING, NOTHING, true]);
      // the day starts again, although it was recorded before
      await app.sql.query('DELETE FROM archive_document WHERE content_id = $1', [contentId]);
      expect([await sweep(), await isStored(contentId)]).toEqual([NOTHING, true]);
      expect(await sweepAfter(24 * HOUR)).toEqual({ ...NOTHING, removed: 1 });
    });

    it('removes nothing while a document lacks its content, because store and database do not match', async () => {
      const { contentId } = await archiveDocument(app, await app.records.customer());
      const old = await strand(25 * HOUR);
      await sweep();
      const bytes = await contentStoreOf(app).open(contentId);
      const kept: Buffer[] = [];
      for await (const chunk of bytes) kept.push(chunk as Buffer);
      await contentStoreOf(app).remove(contentId);
      expect(await sweepAfter(48 * HOUR)).toEqual({ removed: 0, spared: 1, missing: 1 });
      expect(await isStored(old)).toBe(true);
      await contentStoreOf(app).put(contentId, Readable.from(kept, { objectMode: false }));
      expect(await sweep()).toEqual({ ...NOTHING, removed: 1 });
    });

    it('touches nothing in the folder of another database', async () => {
      const strangers = await Promise.all(Array.from({ length: 100 }, () => strand(25 * HOUR)));
      await app.sql.query('INSERT INTO stranded_content SELECT id, $2 FROM unnest($1::uuid[]) AS id', [
        strangers,
        new Date(app.clock.now().getTime() - 25 * HOUR),
      ]);
      expect(await sweep()).toEqual({ removed: 0, spared: 100, missing: 0 });
      expect(await Promise.all(strangers.map(isStored))).not.toContain(false);
      await contentStoreOf(app).remove(strangers[0]!);
      expect(await sweep()).toEqual({ removed: 99, spared: 0, missing: 0 });
    });
  });
});
