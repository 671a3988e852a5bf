import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalize } from 'json-canonicalize';
import type TestAgent from 'supertest/lib/agent';
import { v7 } from 'uuid';
import { INSERT_ENTRIES } from '../../src/modules/audit';
import type { Receipt } from '../../src/modules/certificates/receipt';
import { leafHash, provesInclusion } from '../../src/libraries/transparency-log/merkle-tree';
import { verifyReceipt } from '../../src/modules/audit/verification/receipt-verifier';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { type FullCustomer, fullCustomer } from '../support/full-customer';
import { attachmentsOf, textOfPages } from '../support/pdf-text';
import { ProductCommand } from '../support/product-command';
import { type Login, TestApp } from '../support/test-app';
import { until } from '../support/until';

const MODULES = ['finance', 'device', 'loyalty', 'archive', 'customer'];
/** The data map comes first: it is written before the entries that follow it. */
const ENTRIES = MODULES.length + 1;

describe('/customers/:id/anonymization-receipt', () => {
  let app: TestApp;
  let admin: TestAgent;
  let compliance: TestAgent;
  let forgotten: FullCustomer;
  let act: { anonymizedAt: string; runId: string; effects: object[] };
  let receipt: Receipt;

  beforeAll(async () => {
    app = await TestApp.start();
    admin = await app.as('admin');
    compliance = await app.as('compliance');
    forgotten = await fullCustomer(app.sql, 'Abaqo', await app.records.customer());
    act = await anonymize(forgotten.id, forgotten.customerNumber, { reference: 'T-4711' });
    receipt = await receiptOf(forgotten.id);
  });
  afterAll(() => app.stop());

  const urlOf = (id: string) => `/api/v1/customers/${id}/anonymization-receipt`;

  const anonymize = async (id: string, confirmation: string, more: object = {}) =>
    (
      await admin
        .post(`/api/v1/customers/${id}/anonymization`)
        .send({ confirmation, reason: 'ERASURE_REQUEST', ...more })
        .expect(200)
    ).body;

  /** Waits until the certificate exists; any other response is an error. */
  async function receiptOf(id: string, isReady: (receipt: Receipt) => boolean = () => true): Promise<Receipt> {
    let receipt: Receipt | undefined;
    await until('there is a receipt', async () => {
      const { status, body } = await compliance.get(urlOf(id));
      if (status !== 200) expect([status, body.code]).toEqual([503, 'RECEIPT_NOT_READY']);
      else if (isReady(body)) receipt = body;
      return receipt !== undefined;
    });
    return receipt!;
  }

  /** The verifier keys, like those kept by a third party. */
  const trusted = (): NoteVerifier[] =>
    readdirSync(app.config.keysFolder)
      .filter((name) => name.endsWith('.verifier'))
      .map((name) => NoteVerifier.from(readFileSync(join(app.config.keysFolder, name), 'utf8').trim()));

  const pdf = (id: string, query = '', language?: string) => {
    const request = compliance
      .get(`${urlOf(id)}${query}`)
      .accept('application/pdf')
      .buffer(true)
      .responseType('blob');
    return language === undefined ? request : request.set('Accept-Language', language);
  };
  /** Joins words that were split at line ends. */
  const joined = (content: Buffer) => textOfPages(content).join('').replaceAll('\n', '');
  const textOf = async (id: string, query = '', language?: string) =>
    joined((await pdf(id, query, language).expect(200)).body);

  describe('as JSON', () => {
    it('states what was done, to whom, when, in which run and why', () => {
      expect(Object.keys(receipt)).toEqual([
        'version',
        'customerId',
        'customerNumber',
        'anonymizedAt',
        'runId',
        'reason',
        'reference',
        'effects',
        'entries',
        'inclusionProofs',
        'checkpoint',
        'verifierKeys',
      ]);
      expect(receipt).toMatchObject({
        version: 1,
        customerId: forgotten.id,
        customerNumber: forgotten.customerNumber,
        anonymizedAt: act.anonymizedAt,
        runId: act.runId,
        reason: 'ERASURE_REQUEST',
        reference: 'T-4711',
        effects: act.effects,
      });
      expect(receipt.effects.length).toBeGreaterThan(20);
    });

    it('contains the data map and one entry of each module, character by character', async () => {
      const contents = receipt.entries.map(({ canonical }) => JSON.parse(canonical));
      expect(contents[0]).toMatchObject({ action: 'DATA_MAP_IN_FORCE', customerId: null, actorId: null });
      expect(contents.slice(1).map(({ module }) => module)).toEqual(MODULES);
      const { dataMap } = contents[0].details;
      expect(contents.map(({ details }) => details.dataMap)).toEqual(Array.from({ length: ENTRIES }, () => dataMap));
      for (const { sequence, canonical } of receipt.entries) {
        const { rows } = await app.sql.query(
          'SELECT e.canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id WHERE p.sequence = $1',
          [sequence],
        );
        expect(rows).toEqual([{ canonical }]);
      }
    });

    it('proves each entry under a checkpoint signed with the key of the log', () => {
      const checkpoint = openCheckpoint(receipt.checkpoint, trusted())!;
      expect(checkpoint).not.toBeNull();
      expect(receipt.inclusionProofs.map(({ sequence }) => sequence)).toEqual(
        receipt.entries.map(({ sequence }) => sequence),
      );
      const isProven = (index: number, canonical: string) =>
        provesInclusion({
          leaf: receipt.entries[index]!.sequence - 1,
          size: checkpoint.size,
          hash: leafHash(canonical),
          proof: receipt.inclusionProofs[index]!.hashes.map((hash) => Buffer.from(hash, 'base64')),
          root: checkpoint.root,
        });
      receipt.entries.forEach(({ canonical }, index) => {
        expect(isProven(index, canonical)).toBe(true);
        expect(isProven(index, canonical.replace('SUCCEEDED', 'FAILED'))).toBe(false);
      });
      expect(receipt.verifierKeys.map((key) => openCheckpoint(receipt.checkpoint, [NoteVerifier.from(key)]))).toEqual([
        checkpoint,
      ]);
    });

    it('passes the verifier, which detects every change', () => {
      const problemOf = (changed: object) => verifyReceipt({ ...receipt, ...changed }, trusted()).problem;
      expect(problemOf({})).toBeNull();
      expect(problemOf({ anonymizedAt: '2020-01-01T00:00:00.000Z' })).toBe('FACTS_DIFFER');
      expect(problemOf({ effects: receipt.effects.slice(1) })).toBe('FACTS_DIFFER');
      expect(problemOf({ entries: receipt.entries.toSpliced(1, 1) })).toBe('MODULES_INCOMPLETE');
      expect(problemOf({ entries: receipt.entries.slice(1) })).toBe('DATA_MAP_REFUSED');
    });

    it('contains no value of the customer, and the label of the anonymization once', () => {
      const text = JSON.stringify(receipt);
      for (const token of forgotten.tokens) expect(text).not.toContain(token);
      expect(text.match(/Anonymisiert am \d\d\.\d\d\.\d{4} von Administrator/g)).toHaveLength(1);
    });

    it.each<Login>(['admin', 'compliance'])('is for %s', async (login) => {
      const { body, headers } = await (await app.as(login)).get(urlOf(forgotten.id)).expect(200);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(body.entries).toEqual(receipt.entries);
    });
  });

  describe('as PDF', () => {
    it('is in German unless another language is requested', async () => {
      const { headers, body } = await pdf(forgotten.id).expect(200);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-language': 'de',
        'content-disposition': 'attachment; filename=anonymization-receipt.pdf',
        'cache-control': 'no-store',
      });
      const text = joined(body);
      for (const expected of [
        'Nachweis einer Anonymisierung',
        forgotten.customerNumber,
        forgotten.id,
        'von Administrator',
        'Verlangen nach Löschung',
        'T-4711',
        act.runId,
        'Bankverbindungen',
        'gelöscht',
        'Felder geleert',
        'Felder ersetzt',
        'Text geschwärzt',
        'versiegelt',
        'aufbewahrt',
        '8 Jahre ab dem Ende des Kalenderjahres',
        'npm run audit:verify -- --receipt',
      ])
        expect(text).toContain(expected);
    });

    it.each([
      ['', 'en', 'Erasure certificate'],
      ['', 'en-GB,de;q=0.5', 'Erasure certificate'],
      ['', 'de-DE,en;q=0.5', 'Nachweis einer Anonymisierung'],
      ['', 'fr', 'Nachweis einer Anonymisierung'],
      ['?language=en', 'de', 'Erasure certificate'],
      ['?language=de', 'en', 'Nachweis einer Anonymisierung'],
    ])('is written in the language of %j and the header %j', async (query, header, title) => {
      expect(await textOf(forgotten.id, query, header)).toContain(title);
    });

    it('shows its time in the shop’s time zone', async () => {
      const shown = new Intl.DateTimeFormat('de-DE', {
        dateStyle: 'long',
        timeStyle: 'long',
        timeZone: 'Europe/Berlin',
      });
      expect(await textOf(forgotten.id)).toContain(shown.format(new Date(act.anonymizedAt)));
    });

    it('shows every entry with its sequence and hash, and the signed checkpoint', async () => {
      const text = await textOf(forgotten.id);
      for (const { sequence, canonical } of receipt.entries) {
        expect(text).toContain(String(sequence));
        expect(text).toContain(leafHash(canonical).toString('base64'));
      }
      const [attached] = attachmentsOf((await pdf(forgotten.id).expect(200)).body);
      const note = (JSON.parse(attached!.toString()) as Receipt).checkpoint;
      expect(text).toContain(openCheckpoint(note, trusted())!.root.toString('base64'));
    });

    it('has the machine-readable version attached, which passes the verifier', async () => {
      const attached = attachmentsOf((await pdf(forgotten.id).expect(200)).body);
      expect(attached).toHaveLength(1);
      const content = JSON.parse(attached[0]!.toString()) as Receipt;
      expect(content.entries).toEqual(receipt.entries);
      expect(verifyReceipt(content, trusted()).problem).toBeNull();
    });

    it('contains no value of the customer, not even across line ends', async () => {
      for (const language of ['de', 'en']) {
        const text = await textOf(forgotten.id, `?language=${language}`);
        expect(text).toContain(forgotten.customerNumber);
        for (const token of forgotten.tokens) expect(text).not.toContain(token);
      }
    });

    it('can be requested by a URL, for links', async () => {
      const { headers } = await compliance.get(`${urlOf(forgotten.id)}?format=pdf`).expect(200);
      expect(headers['content-type']).toBe('application/pdf');
      await compliance.get(`${urlOf(forgotten.id)}?format=xml`).expect(400);
      await compliance.get(`${urlOf(forgotten.id)}?language=fr`).expect(400);
    });
  });

  it('exists for a customer who had nothing but a name', async () => {
    const id = await app.records.customer({ customer_number: 'NOTHING', first_name: null, last_name: 'Leer' });
    await anonymize(id, 'NOTHING');
    expect((await receiptOf(id)).entries).toHaveLength(ENTRIES);
    expect(await textOf(id)).toContain('Kundenstamm');
  });

  it('is refused for a customer who is unknown or not anonymized', async () => {
    const { body: unknown } = await compliance.get(urlOf(v7())).expect(404);
    expect(unknown.code).toBe('CUSTOMER_NOT_FOUND');
    const { body } = await compliance.get(urlOf(await app.records.customer())).expect(409);
    expect(body.code).toBe('CUSTOMER_NOT_ANONYMIZED');
  });

  it('also contains erasures repeated after a restore, and keeps the original facts', async () => {
    const id = v7();
    const { module, ...first } = JSON.parse(receipt.entries[1]!.canonical);
    const details = { ...first.details, effects: {}, originalOccurredAt: first.occurredAt };
    const entry = { ...first, module, id, action: 'ERASURE_REPLAYED', occurredAt: new Date().toISOString(), details };
    await app.sql.query(INSERT_ENTRIES, [[id], [canonicalize(entry)]]);
    const later = await receiptOf(forgotten.id, ({ entries }) => entries.length > ENTRIES);
    expect(later.entries.slice(0, ENTRIES)).toEqual(receipt.entries);
    expect(later.entries.slice(ENTRIES)).toEqual([{ sequence: expect.any(Number), canonical: canonicalize(entry) }]);
    expect(later).toMatchObject({ effects: receipt.effects, anonymizedAt: receipt.anonymizedAt });
    expect(verifyReceipt(later, trusted()).problem).toBeNull();
    expect(await textOf(forgotten.id)).toContain('nach einer Wiederherstellung');
  });

  it('is refused when the log differs from what was signed', async () => {
    const id = await app.records.customer({ customer_number: 'TAMPERED' });
    await anonymize(id, 'TAMPERED');
    await receiptOf(id);
    await app.sql.query('ALTER TABLE audit.entry DISABLE TRIGGER refuse_update');
    await app.sql.query(
      `UPDATE audit.entry SET canonical = replace(canonical, '"ERASURE_REQUEST"', '"OTHER"') WHERE customer_id = $1`,
      [id],
    );
    const { body } = await compliance.get(urlOf(id)).expect(500);
    expect(body.code).toBe('AUDIT_LOG_BROKEN');
    await app.sql.query('ALTER TABLE audit.entry ENABLE ALWAYS TRIGGER refuse_update');
    await compliance.get(urlOf(forgotten.id)).expect(200); // its own entries are unchanged
  });

  it('is not ready before a checkpoint covers its entries', async () => {
    await app.nest.get(Sequencer).onApplicationShutdown();
    const id = await app.records.customer({ customer_number: 'PENDING' });
    await anonymize(id, 'PENDING');
    const { body, headers } = await compliance.get(urlOf(id)).expect(503);
    expect(body.code).toBe('RECEIPT_NOT_READY');
    expect(headers['retry-after']).toBe('1');
  });

  it('is verified offline by the command, which detects changes', async () => {
    const command = new ProductCommand('audit-verify');
    const folder = mkdtempSync(join(tmpdir(), 'lethe-receipt-'));
    const [kept, changed, key] = ['kept', 'changed', 'key'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const verifierKeys = readdirSync(app.config.keysFolder).filter((name) => name.endsWith('.verifier'));
    writeFileSync(kept, JSON.stringify(receipt));
    writeFileSync(changed, JSON.stringify({ ...receipt, anonymizedAt: '2020-01-01T00:00:00.000Z' }));
    writeFileSync(key, verifierKeys.map((name) => readFileSync(join(app.config.keysFolder, name), 'utf8')).join('\n'));
    try {
      expect(await command.run(app, ['--receipt', kept, '--key', key])).toMatchObject({
        exitCode: 0,
        shown: expect.stringContaining('The erasure certificate is sound.'),
      });
      expect(await command.run(app, ['--receipt', changed])).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining('FACTS_DIFFER: '),
      });
      expect(await command.run(app, ['--receipt', key])).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining('RECEIPT_MALFORMED: '),
      });
    } finally {
      command.remove();
      rmSync(folder, { recursive: true });
    }
  });
});
