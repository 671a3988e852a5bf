import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Client } from 'pg';
import { EMPTY_ROOT, GrowingTree, leafHash } from '../../src/libraries/transparency-log/merkle-tree';
import { rootOf } from '../../src/libraries/transparency-log/merkle-proofs';
import { lastCheckpointOf, sizeOf } from '../../src/libraries/transparency-log/ledger-end';
import { NoteVerifier, openCheckpoint } from '../../src/libraries/transparency-log/note-verifier';
import { LogKeys } from '../../src/modules/audit/ledger/log-keys';
import { newSigningKey, NoteSigner, signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { segmentFiles } from '../support/ledger-files';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { TestLog } from '../support/test-log';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { until } from '../support/until';

describe('the ledger', () => {
  let database: TestDatabase;
  let client: Client;
  let log: TestLog;
  let health: HealthSignals;
  const logger = new Logger(LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' }));

  beforeEach(async () => {
    database = await createTestDatabase();
    client = await database.look();
    log = await TestLog.open(database);
    health = new HealthSignals();
  });

  afterEach(async () => {
    await log.close();
    await database.drop();
  });

  async function write(count: number): Promise<void> {
    const details = { text: 'Größe „1“ 𝄞' };
    await writeEntries(
      client,
      Array.from({ length: count }, () => auditEntryOf({ details })),
    );
  }

  const number = async (sql: string): Promise<number> =>
    Number((await client.query<{ n: string }>(`SELECT (${sql}) AS n`)).rows[0]!.n);

  /** Sequences until a checkpoint covers everything, then stops. */
  async function sequence(): Promise<void> {
    const sequencer = new Sequencer(database, health, logger, log.exports(health));
    sequencer.onApplicationBootstrap();
    const isDone = `coalesce((SELECT max(size) FROM audit.checkpoint), 0) = (SELECT count(*) FROM audit.entry)`;
    await until('everything is signed', async () => (await number(`CASE WHEN ${isDone} THEN 1 ELSE 0 END`)) === 1);
    await sequencer.onApplicationShutdown();
  }

  const stored = async (): Promise<string[]> =>
    (
      await client.query<{ canonical: string }>(
        'SELECT canonical FROM audit.position p JOIN audit.entry e ON e.id = p.entry_id ORDER BY sequence',
      )
    ).rows.map(({ canonical }) => canonical);

  async function exported(): Promise<string[]> {
    const entries: string[] = [];
    for await (const entry of log.ledger.entries()) entries.push(entry);
    return entries;
  }

  function rootOver(entries: readonly string[]): Buffer {
    const tree = new GrowingTree();
    for (const entry of entries) tree.append(leafHash(entry));
    return tree.root;
  }

  it.each([1, 255, 256, 257, 12_345])('holds %i entries byte for byte, under a signed root', async (count) => {
    await write(count);
    await sequence();
    const entries = await exported();
    expect(entries).toEqual(await stored());
    const checkpoint = openCheckpoint((await lastCheckpointOf(log.ledger))!, log.keys.verifiers);
    expect(checkpoint).toEqual({ origin: log.keys.origin, size: count, root: rootOver(entries) });
    expect(await rootOf(count, log.tree.subtrees())).toEqual(checkpoint!.root);
    expect(await log.anchor().compare()).toBeNull();
  });

  it('is continued by another process, with tiles that grow', async () => {
    const counts = [3, 250, 1, 2, 255, 257, 70_000];
    for (const count of counts) {
      await write(count);
      await sequence();
    }
    const entries = await exported();
    expect(entries).toEqual(await stored());
    const checkpoint = openCheckpoint((await lastCheckpointOf(log.ledger))!, log.keys.verifiers)!;
    expect(checkpoint.root).toEqual(rootOver(entries));
    expect(await rootOf(entries.length, log.tree.subtrees())).toEqual(checkpoint.root);
  });

  it('continues a log of an earlier version, which has positions without leaves', async () => {
    await write(600);
    await client.query(`INSERT INTO audit.position SELECT row_number() OVER (ORDER BY entry_id), entry_id FROM audit.pending;
      DELETE FROM audit.pending`);
    expect(await log.anchor().compare()).toBeNull();
    await write(5);
    await sequence();
    expect(await exported()).toEqual(await stored());
    expect(await log.anchor().compare()).toBeNull();
  });

  it('is continued after a crash between its lines, and between entries and checkpoint', async () => {
    await write(10);
    await sequence();
    appendFileSync(segmentFiles(log.ledger.folder, 'entries').at(-1)!, '{"id":"cut o');
    appendFileSync(segmentFiles(log.ledger.folder, 'checkpoints').at(-1)!, '"cut o');
    expect(await log.anchor().compare()).toBeNull();
    await write(7);
    await sequence();
    expect(await exported()).toEqual(await stored());
    expect(await log.anchor().compare()).toBeNull();
  });

  it('detects a database restored from a backup', async () => {
    await write(10);
    await sequence();
    for (const table of ['position', 'tile', 'checkpoint'])
      await client.query(`ALTER TABLE audit.${table} DISABLE TRIGGER ALL`);
    await client.query('DELETE FROM audit.position WHERE sequence > 8');
    await client.query(`UPDATE audit.tile SET hashes = substring(hashes FROM 1 FOR 256)`);
    await client.query('DELETE FROM audit.checkpoint');
    expect(await log.anchor().compare()).toBe('DATABASE_BEHIND_LEDGER');
  });

  it('is reported as lost when it is missing, truncated, or lacks its checkpoints', async () => {
    await write(10);
    await sequence();
    const [file] = segmentFiles(log.ledger.folder, 'entries');
    const entries = readFileSync(file!);
    truncateSync(file!, entries.lastIndexOf(10, entries.length - 2) + 1);
    expect(await log.anchor().compare()).toBe('LEDGER_LOST');
    rmSync(log.ledger.folder, { recursive: true });
    expect(await log.anchor().compare()).toBe('LEDGER_LOST');
  });

  it('is reported as lost when one of its files is missing, even if later ones exist', async () => {
    for (const count of [10, 3]) {
      await write(count);
      await sequence();
    }
    rmSync(segmentFiles(log.ledger.folder, 'entries')[0]!);
    expect(await log.anchor().compare()).toBe('LEDGER_LOST');
  });

  it('detects another history of the same length', async () => {
    await write(10);
    await sequence();
    await client.query('ALTER TABLE audit.tile DISABLE TRIGGER ALL');
    await client.query(
      'UPDATE audit.tile SET hashes = set_byte(hashes, 33, get_byte(hashes, 33) # 1) WHERE level = 0 AND place = 0',
    );
    expect(await log.anchor().compare()).toBe('AUDIT_LOG_FORKED');
  });

  it('is accepted only with a signature of the log', async () => {
    await write(1);
    await sequence();
    const note = (await lastCheckpointOf(log.ledger))!;
    writeFileSync(
      segmentFiles(log.ledger.folder, 'checkpoints').at(-1)!,
      `${JSON.stringify(note.replace(/\n1\n/, '\n0\n'))}\n`,
    );
    expect(await log.anchor().compare()).toBe('LEDGER_FORGED');
  });

  it('is not written while it does not belong to the database', async () => {
    await write(10);
    await sequence();
    rmSync(log.ledger.folder, { recursive: true });
    await write(1);
    const sequencer = new Sequencer(database, health, logger, log.exports(health));
    sequencer.onApplicationBootstrap();
    await until('there is a fault', () => health.faults.includes('LEDGER_LOST'));
    await sequencer.onApplicationShutdown();
    expect(await number('SELECT count(*) FROM audit.pending')).toBe(1);
    expect(await sizeOf(log.ledger)).toBe(0);
  });

  it('is signed by both keys after a rotation, and by the new one alone once the old one is removed', async () => {
    const rotated = await LogKeys.rotate(log.keyFolder);
    expect(rotated.origin).toBe(log.keys.origin);
    expect(rotated.signers).toHaveLength(2);
    expect(rotated.verifierKeys).toHaveLength(2);
    expect(rotated.verifierKeys[0]).toBe(log.keys.verifierKeys[0]);
    const checkpoint = { origin: rotated.origin, size: 0, root: EMPTY_ROOT };
    const verifiers = rotated.verifierKeys.map((key) => NoteVerifier.from(key));
    const byBoth = signCheckpoint(checkpoint, rotated.signers);
    for (const verifier of verifiers) expect(openCheckpoint(byBoth, [verifier])).toEqual(checkpoint);

    const folder = join(dirname(log.ledger.folder), 'keys');
    rmSync(join(folder, 'audit-log-1.key'));
    const alone = await LogKeys.open(log.keyFolder);
    expect(alone.verifierKeys).toEqual(rotated.verifierKeys);
    const byNew = signCheckpoint(checkpoint, alone.signers);
    expect(verifiers.map((verifier) => openCheckpoint(byNew, [verifier]))).toEqual([null, checkpoint]);

    // the public half of another key
    const other = NoteSigner.from(newSigningKey(rotated.origin)).verifierKey;
    rmSync(join(folder, 'audit-log-2.verifier'));
    writeFileSync(join(folder, 'audit-log-2.verifier'), `${other}\n`, { mode: 0o400 });
    await expect(LogKeys.open(log.keyFolder)).rejects.toMatchObject({ code: 'KEY_FILE_MALFORMED' });
  });

  it('detects a restored database by entries after its newest checkpoint, and another history of them', async () => {
    await write(10);
    await sequence();
    await write(3);
    await sequence();
    rmSync(segmentFiles(log.ledger.folder, 'checkpoints').at(-1)!);
    for (const table of ['position', 'tile', 'checkpoint'])
      await client.query(`ALTER TABLE audit.${table} DISABLE TRIGGER ALL`);
    await client.query('DELETE FROM audit.checkpoint WHERE size > 10');
    expect(await log.anchor().compare()).toBeNull();

    const file = segmentFiles(log.ledger.folder, 'entries').at(-1)!;
    const entries = readFileSync(file, 'utf8');
    writeFileSync(file, entries.replace('"outcome":"', '"outcome":"_'));
    expect(await log.anchor().compare()).toBe('AUDIT_LOG_FORKED');
    writeFileSync(file, entries);

    await client.query('DELETE FROM audit.position WHERE sequence > 10');
    await client.query(`UPDATE audit.tile SET hashes = substring(hashes FROM 1 FOR 320)`);
    expect(await log.anchor().compare()).toBe('DATABASE_BEHIND_LEDGER');
  });

  it('is not readable by other users, and not taken for empty if it cannot be read', async () => {
    await write(1);
    await sequence();
    for (const kind of ['entries', 'checkpoints'] as const)
      for (const file of segmentFiles(log.ledger.folder, kind)) {
        expect(statSync(file).mode & 0o077).toBe(0);
        expect(statSync(dirname(file)).mode & 0o077).toBe(0);
      }
    rmSync(join(log.ledger.folder, 'entries'), { recursive: true });
    writeFileSync(join(log.ledger.folder, 'entries'), '');
    await expect(log.anchor().compare()).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});
