import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type TestAgent from 'supertest/lib/agent';
import { v7 } from 'uuid';
import { Ledger } from '../../src/libraries/transparency-log/ledger';
import { verifyLedger } from '../../src/libraries/transparency-log/ledger-verifier';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { DailyVerification } from '../../src/modules/audit/verification/daily-verification';
import { DatabaseLog } from '../../src/modules/audit/verification/database-log';
import { LogVerification } from '../../src/modules/audit/verification/log-verification';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { segmentFiles } from '../support/ledger-files';
import { ProductCommand } from '../support/product-command';
import { TestApp } from '../support/test-app';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { until } from '../support/until';

const ENTRIES = 600; // more than two tiles
const BROKEN = 300;
const WARNING = 'AUDIT_VERIFICATION_FAILED';
const TABLES = ['entry', 'position', 'tile', 'checkpoint', 'pending'] as const;

interface Verification {
  readonly valid: boolean;
  readonly entries: number;
  readonly firstBrokenSequence: number | null;
  readonly checkpoint: { readonly origin: string; readonly size: number; readonly root: string } | null;
  readonly problem: string | null;
}

describe('Verification of the log', () => {
  let app: TestApp;
  let compliance: TestAgent;

  beforeAll(async () => {
    app = await TestApp.start();
    compliance = await app.as('compliance');
    await write(ENTRIES);
    await anchored();
    await app.nest.get(Sequencer).onApplicationShutdown(); // stops the sequencer, which would notice some of this by itself
    for (const table of TABLES) await app.sql.query(`CREATE TABLE as_it_was_${table} AS TABLE audit.${table}`);
  });

  afterAll(() => app.stop());

  async function write(count: number): Promise<void> {
    await writeEntries(
      app.sql,
      Array.from({ length: count }, () => auditEntryOf()),
    );
  }

  async function anchored(): Promise<void> {
    const isBehind = `SELECT FROM audit.pending UNION ALL
      SELECT FROM audit.position HAVING max(sequence) > coalesce((SELECT max(size) FROM audit.checkpoint), 0)`;
    await until('all entries are anchored', async () => (await app.sql.query(isBehind)).rowCount === 0);
  }

  const verification = async () =>
    (await compliance.get('/api/v1/audit/verification').expect(200)).body as Verification;
  const warnings = async () =>
    ((await app.anonymous().get('/api/v1/health/ready').expect(200)).body as { warnings: string[] }).warnings;
  const entriesFile = () => segmentFiles(app.config.ledgerFolder, 'entries')[0]!;

  /** Changes that no role of the product can make: by a superuser who disables the triggers. */
  async function tamper(...statements: readonly string[]): Promise<void> {
    await app.sql.query('BEGIN');
    const tripwires = await app.sql.query<{ name: string }>(
      'SELECT quote_ident(evtname) AS name FROM pg_event_trigger',
    );
    for (const { name } of tripwires.rows) await app.sql.query(`ALTER EVENT TRIGGER ${name} DISABLE`);
    for (const table of TABLES) await app.sql.query(`ALTER TABLE audit.${table} DISABLE TRIGGER ALL`);
    for (const statement of statements) await app.sql.query(statement);
    await app.sql.query('COMMIT');
  }

  async function putBack(): Promise<void> {
    await tamper(
      ...TABLES.map((table) => `DELETE FROM audit.${table}`),
      'INSERT INTO audit.entry (id, canonical) SELECT id, canonical FROM as_it_was_entry',
      ...TABLES.slice(1).map((table) => `INSERT INTO audit.${table} SELECT * FROM as_it_was_${table}`),
    );
  }

  const ENTRY_OF = (sequence: number) => `(SELECT entry_id FROM audit.position WHERE sequence = ${sequence})`;
  const CHANGED = `UPDATE audit.entry SET canonical = replace(canonical, '{}', '{"n":1}') WHERE id = ${ENTRY_OF(BROKEN)}`;
  const REHASHED = `UPDATE audit.tile SET hashes = overlay(hashes PLACING
    sha256('\\x00'::bytea || convert_to((SELECT canonical FROM audit.entry WHERE id = ${ENTRY_OF(BROKEN)}), 'UTF8'))
    FROM ${((BROKEN - 1) % 256) * 32 + 1}) WHERE level = 0 AND place = ${Math.floor((BROKEN - 1) / 256)}`;

  it('is valid, and runs once for all concurrent requests', async () => {
    await app.nest.get(LogVerification).verify(); // a verification begun at the start has ended now
    const run = jest.spyOn(app.nest.get(LogVerification), 'verify');
    const log = app.nest.get(DatabaseLog);
    const verify = log.verify.bind(log);
    const verified = jest.spyOn(log, 'verify').mockImplementation(async (keys) => {
      await until('all have asked', () => run.mock.calls.length === 3);
      return verify(keys);
    });
    const answers = await Promise.all([verification(), verification(), verification()]);
    expect(run).toHaveBeenCalledTimes(3);
    expect(verified).toHaveBeenCalledTimes(1);
    run.mockRestore();
    verified.mockRestore();

    const [answer] = answers;
    const { entries, checkpoint } = answer;
    expect(answer).toEqual({ valid: true, entries, firstBrokenSequence: null, checkpoint, problem: null });
    expect(entries).toBeGreaterThanOrEqual(ENTRIES);
    expect(checkpoint!.size).toBe(entries);
  });

  it('has a checkpoint that anyone who knows the key can verify', async () => {
    const { body } = await compliance.get('/api/v1/audit/checkpoint').expect(200);
    const keys = (body.verifierKeys as string[]).map((key) => NoteVerifier.from(key));
    const { origin, size, root } = openCheckpoint(body.note as string, keys)!;
    expect(body).toEqual({
      origin,
      size,
      root: root.toString('base64'),
      note: expect.stringContaining(`${origin}\n${size}\n`),
      verifierKeys: [expect.stringMatching(/^lethe\.audit\/[0-9a-f]{12}\+[0-9a-f]{8}\+/)],
    });
    const verdict = await verifyLedger(new Ledger(app.config.ledgerFolder), keys, body.note as string);
    expect(verdict).toMatchObject({ problem: null, checkpoint: { origin, size } });
  });

  describe('detects', () => {
    afterEach(putBack);

    it.each<[string, string, number, readonly string[]]>([
      ['a changed entry', 'LEAF_HASH_DIFFERS', BROKEN, [CHANGED]],
      ['a changed entry with a matching stored hash', 'LEDGER_DIFFERS', BROKEN, [CHANGED, REHASHED]],
      [
        'a changed stored hash',
        'LEAF_HASH_DIFFERS',
        1,
        [`UPDATE audit.tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) WHERE level = 0 AND place = 0`],
      ],
      [
        'a changed hash above the leaves',
        'TILE_DIFFERS',
        512,
        [`UPDATE audit.tile SET hashes = set_byte(hashes, 32, get_byte(hashes, 32) # 1) WHERE level = 1`],
      ],
      ['a deleted entry', 'ENTRY_MISSING', BROKEN, [`DELETE FROM audit.entry WHERE id = ${ENTRY_OF(BROKEN)}`]],
      [
        'an entry deleted with its position',
        'ENTRY_MISSING',
        BROKEN,
        [
          `DELETE FROM audit.entry WHERE id = ${ENTRY_OF(BROKEN)}`,
          `DELETE FROM audit.position WHERE sequence = ${BROKEN}`,
        ],
      ],
      [
        'two entries with swapped positions',
        'LEAF_HASH_DIFFERS',
        BROKEN,
        [
          `UPDATE audit.position SET sequence = -1 WHERE sequence = ${BROKEN}`,
          `UPDATE audit.position SET sequence = ${BROKEN} WHERE sequence = ${BROKEN + 9}`,
          `UPDATE audit.position SET sequence = ${BROKEN + 9} WHERE sequence = -1`,
        ],
      ],
      [
        'truncated entries and positions',
        'ENTRY_MISSING',
        BROKEN,
        [
          `DELETE FROM audit.entry WHERE id IN (SELECT entry_id FROM audit.position WHERE sequence >= ${BROKEN})`,
          `DELETE FROM audit.position WHERE sequence >= ${BROKEN}`,
        ],
      ],
      [
        'a checkpoint without a valid signature',
        'CHECKPOINT_REFUSED',
        1,
        [`UPDATE audit.checkpoint SET note = replace(note, '— ', '— x')`],
      ],
    ])('%s', async (_, problem, firstBrokenSequence, statements) => {
      await tamper(...statements);
      expect(await verification()).toMatchObject({ valid: false, problem, firstBrokenSequence });
      expect(await warnings()).toContain(WARNING);

      await putBack();
      expect(await verification()).toMatchObject({ valid: true, problem: null });
      expect(await warnings()).not.toContain(WARNING);
    });

    it('an inserted entry without a position', async () => {
      const id = v7();
      await tamper(`INSERT INTO audit.entry (id, canonical) VALUES ('${id}', '{"id":"${id}"}')`);
      expect(await verification()).toMatchObject({
        valid: false,
        problem: 'ENTRY_UNPLACED',
        firstBrokenSequence: null,
      });
    });

    it('a database that lost its newest entries with all their traces', async () => {
      await tamper(
        `DELETE FROM audit.entry`,
        `DELETE FROM audit.position`,
        `DELETE FROM audit.tile`,
        `DELETE FROM audit.checkpoint`,
      );
      expect(await verification()).toMatchObject({ valid: false, problem: 'ENTRIES_NOT_THERE', entries: 0 });
    });

    it('a changed ledger, and a missing one', async () => {
      const asItWas = readFileSync(entriesFile(), 'utf8').split('\n');
      const changed = asItWas.with(BROKEN - 1, asItWas[BROKEN - 1]!.replace('{}', '{"n":1}'));
      writeFileSync(entriesFile(), changed.join('\n'));
      expect(await verification()).toMatchObject({
        valid: false,
        problem: 'LEDGER_DIFFERS',
        firstBrokenSequence: BROKEN,
      });
      writeFileSync(entriesFile(), asItWas.join('\n'));
      expect(await verification()).toMatchObject({ valid: true });

      const entryFile = entriesFile();
      const [checkpointFile] = segmentFiles(app.config.ledgerFolder, 'checkpoints') as [string];
      const notes = readFileSync(checkpointFile);
      writeFileSync(entryFile, '');
      writeFileSync(checkpointFile, '');
      expect(await verification()).toMatchObject({ valid: false, problem: 'LEDGER_NOT_THERE' });
      writeFileSync(entryFile, asItWas.join('\n'));
      writeFileSync(checkpointFile, notes);
    });
  });

  it('runs once a day, but not while a fault stops the product', async () => {
    const daily = app.nest.get(DailyVerification);
    const run = jest.spyOn(app.nest.get(LogVerification), 'verify');
    try {
      app.nest.get(HealthSignals).fault('DATABASE_BEHIND_LEDGER');
      expect([await daily.attempt(), run.mock.calls.length]).toEqual([false, 0]);
      app.nest.get(HealthSignals).fault('DATABASE_BEHIND_LEDGER', false);
      await tamper(CHANGED);
      expect([await daily.attempt(), run.mock.calls.length]).toEqual([false, 1]); // it is retried in ten minutes
      expect(await warnings()).toContain(WARNING);
      expect(app.nest.get(LogVerification).last!.verdict.problem).toBe('LEAF_HASH_DIFFERS');
    } finally {
      run.mockRestore();
      await putBack();
    }
    expect(await daily.attempt()).toBe(true);
    expect(await warnings()).not.toContain(WARNING);
  });

  describe('by the command', () => {
    let command: ProductCommand;
    let folder: string;

    beforeAll(() => {
      command = new ProductCommand('audit-verify');
      folder = mkdtempSync(join(tmpdir(), 'lethe-verify-'));
    });

    afterAll(() => {
      command.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const verify = (...parameters: string[]) => command.run(app, parameters);

    it('accepts a sound log, and names the first broken entry of another', async () => {
      expect(await verify()).toEqual({
        exitCode: 0,
        shown: expect.stringMatching(/^entries: (\d+)\nsigned: \1, root \S{44}\nThe log is sound\.\n$/),
        complaints: '',
      });
      await tamper(CHANGED);
      expect(await verify()).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining(`\nfirst broken entry: ${BROKEN}\nLEAF_HASH_DIFFERS: `),
      });
      await putBack();
    });

    it('names customers whose row and log disagree, as the daily check does', async () => {
      const daily = app.nest.get(DailyVerification);
      const id = await app.records.customer();
      await app.sql.query('ALTER TABLE customer DISABLE TRIGGER ALL');
      await app.sql.query(
        `UPDATE customer SET anonymized_at = now(), anonymized_by = id, anonymization_run_id = id, status = 'DELETED',
           first_name = NULL, email = NULL, note = NULL WHERE id = $1`,
        [id],
      );
      expect(await verify()).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining(`first ${id}\nERASURE_UNPROVEN: `),
      });
      expect(await daily.attempt()).toBe(false); // it is retried in ten minutes
      expect(await warnings()).toContain('ERASURE_UNPROVEN');

      await app.sql.query('DELETE FROM customer WHERE id = $1', [id]);
      await app.sql.query('ALTER TABLE customer ENABLE TRIGGER ALL');
      expect(await verify()).toMatchObject({ exitCode: 0 });
      expect(await daily.attempt()).toBe(true);
      expect(await warnings()).not.toContain('ERASURE_UNPROVEN');
    });

    it('verifies the files alone, against an anchor and with a key from elsewhere', async () => {
      const copy = join(folder, 'ledger');
      cpSync(app.config.ledgerFolder, copy, { recursive: true });
      const { note, verifierKeys } = (await compliance.get('/api/v1/audit/checkpoint').expect(200)).body as {
        note: string;
        verifierKeys: string[];
      };
      const [anchor, key, strange] = ['anchor', 'key', 'strange'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(anchor, note);
      writeFileSync(key, `# the log's\n${verifierKeys.join('\n')}\n`);
      writeFileSync(strange, 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n');
      expect((await verify('--ledger', copy)).exitCode).toBe(0);
      expect((await verify('--ledger', copy, '--key', key, '--anchor', anchor)).exitCode).toBe(0);
      expect(await verify('--ledger', copy, '--key', strange)).toMatchObject({
        exitCode: 1,
        shown: expect.stringContaining('CHECKPOINT_REFUSED: '),
      });
      expect((await verify('--ledger', join(folder, 'nothing'))).exitCode).toBe(3);

      const [file] = segmentFiles(copy, 'entries') as [string];
      const lines = readFileSync(file, 'utf8').split('\n');
      writeFileSync(file, lines.with(BROKEN - 1, lines[BROKEN - 1]!.replace('{}', '{"n":1}')).join('\n'));
      const { exitCode, shown } = await verify('--ledger', copy, '--key', key);
      const [, from, to] = /first broken entry: (\d+) or later, up to (\d+)\nROOT_DIFFERS: /.exec(shown)!;
      expect([exitCode, Number(from) <= BROKEN, Number(to) >= BROKEN]).toEqual([1, true, true]);
      writeFileSync(file, lines.slice(0, 1).join('\n'));
      expect((await verify('--ledger', copy, '--key', key)).exitCode).toBe(3);
    });

    it('trusts nothing without a known key', async () => {
      const nothing = join(folder, 'no-keys');
      writeFileSync(nothing, '\n');
      expect(await verify('--ledger', app.config.ledgerFolder, '--key', nothing)).toMatchObject({ exitCode: 3 });
    });

    it.each([
      [['--nonsense'], 'Usage: '],
      [['database'], 'Usage: '],
      [['--receipt', 'a', '--ledger', 'b'], 'Usage: '],
      [['--key', '/nowhere/key'], '/nowhere/key cannot be read.'],
      [['--anchor', '/nowhere/anchor'], '/nowhere/anchor cannot be read.'],
      [['--key', __filename], `${__filename} has a line that is no verifier key.`],
    ])('refuses %j', async (parameters, complaint) => {
      expect(await verify(...parameters)).toMatchObject({
        exitCode: 2,
        complaints: expect.stringContaining(complaint),
      });
    });
  });
});
