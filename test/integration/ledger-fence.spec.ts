import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { AuditLog, LedgerRebuild } from '../../src/modules/audit';
import { CheckpointExports } from '../../src/modules/audit/ledger/checkpoint-exports';
import { linesSetAside, sizeOf } from '../../src/libraries/transparency-log/ledger-end';
import type { LedgerGate } from '../../src/modules/audit/ledger/ledger-gate';
import { LedgerWriter } from '../../src/libraries/transparency-log/ledger-writer';
import { signCheckpoint } from '../../src/libraries/transparency-log/note-signer';
import { EMPTY_ROOT } from '../../src/libraries/transparency-log/merkle-tree';
import { verifyLedger } from '../../src/libraries/transparency-log/ledger-verifier';
import { CheckpointExport } from '../../src/modules/audit/ledger/checkpoint-export';
import { Sequencer } from '../../src/modules/audit/sequencer/sequencer';
import { SequencerSession } from '../../src/modules/audit/sequencer/sequencer-session';
import { DatabaseLog } from '../../src/modules/audit/verification/database-log';
import { Clock } from '../../src/platform/clock/clock';
import { LetheConfig } from '../../src/platform/config/lethe-config';
import { createDataSource } from '../../src/platform/database/data-source';
import { TransactionRunner } from '../../src/platform/database/transaction-runner';
import { HealthSignals } from '../../src/platform/health/health-signals';
import { Logger } from '../../src/platform/logging/logger';
import { auditEntryOf, writeEntries } from '../support/audit-entry';
import { asOldLedger, oldCheckpointFile, oldEntryFile, segmentFiles } from '../support/ledger-files';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { TestLog } from '../support/test-log';
import { until } from '../support/until';

interface Gate {
  /** resolves when the leader reaches the point at which it is held */
  readonly reached: Promise<void>;
  open(): void;
  /** resolves when the held call has ended, successfully or not */
  readonly ended: Promise<void>;
}

describe('the fence of the ledger', () => {
  let database: TestDatabase;
  let client: Client;
  let log: TestLog;
  let running: Sequencer[];
  const config = LetheConfig.from({ LETHE_LOG_LEVEL: 'silent' });
  const logger = new Logger(config);

  beforeEach(async () => {
    database = await createTestDatabase();
    client = await database.look();
    log = await TestLog.open(database);
    running = [];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(running.map((sequencer) => sequencer.onApplicationShutdown()));
    await log.close();
    await database.drop();
  });

  function start(): { readonly sequencer: Sequencer; readonly health: HealthSignals } {
    const health = new HealthSignals();
    const sequencer = new Sequencer(database, health, logger, log.exports(health));
    running.push(sequencer);
    sequencer.onApplicationBootstrap();
    return { sequencer, health };
  }

  async function write(count: number): Promise<void> {
    await writeEntries(
      client,
      Array.from({ length: count }, () => auditEntryOf()),
    );
  }

  const signed = () =>
    until('everything is signed', async () => {
      const { rows } = await client.query<{ signed: boolean }>(
        `SELECT coalesce((SELECT max(size) FROM audit.checkpoint), 0) = (SELECT count(*) FROM audit.entry) AS signed`,
      );
      return rows[0]!.signed;
    });

  const endSessionOfLeader = () =>
    client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks
       WHERE locktype = 'advisory' AND objid = 7337003 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );

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

  /** Expects that entries, checkpoints and database agree, for the anchor, the offline verifier and `audit:verify`. */
  async function expectSound(): Promise<void> {
    expect(await exported()).toEqual(await stored());
    expect(await log.anchor().compare()).toBeNull();
    expect((await verifyLedger(log.ledger, log.keys.verifiers)).problem).toBeNull();
    const read = async <Row>(sql: string, parameters: readonly unknown[]) =>
      (await client.query(sql, [...parameters])).rows as Row[];
    expect((await new DatabaseLog(read, log.ledger).verify(log.keys.verifiers)).problem).toBeNull();
  }

  /** Holds the next call of a method, like a process that is suspended there. */
  function holdNext<T extends object>(target: T, method: keyof T & string): Gate {
    let arrive!: () => void;
    let open!: () => void;
    const reached = new Promise<void>((resolve) => (arrive = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const original = target[method] as (...parameters: unknown[]) => Promise<unknown>;
    jest.spyOn(target, method as never).mockImplementationOnce(async function (this: T, ...parameters: unknown[]) {
      arrive();
      await opened;
      return original.apply(this, parameters).finally(end);
    } as never);
    return { reached, open, ended };
  }

  /** The prototype of every open file. */
  const fileHandles = async (): Promise<FileHandle> => {
    const { open } = await import('node:fs/promises');
    const file = await open(__filename);
    await file.close();
    return Object.getPrototypeOf(file) as FileHandle;
  };

  it('stops a leader that was suspended before it appends from writing at all', async () => {
    await write(5);
    const first = start();
    await signed();
    const held = holdNext(LedgerWriter.prototype, 'append');
    await write(3);
    await held.reached;
    await endSessionOfLeader();
    start();
    await signed();
    held.open();
    await until('the first has noticed', () =>
      Promise.resolve(first.health.warnings.includes('AUDIT_SEQUENCER_INTERRUPTED')),
    );
    await write(2);
    await signed();
    await expectSound();
    expect(await linesSetAside(log.ledger)).toBe(0);
  });

  it.each([3, 7_000])(
    'sets aside the %i entries that a leader suspended during its write adds afterwards',
    async (count) => {
      await write(5);
      start();
      await signed();
      const held = holdNext(await fileHandles(), 'appendFile');
      await write(count);
      await held.reached;
      await endSessionOfLeader();
      const second = start();
      await signed();
      await write(1);
      await signed();
      held.open();
      await until('the first has written', async () => (await linesSetAside(log.ledger)) > 0);
      await write(2);
      await signed();
      await expectSound();
      await Promise.all(running.map((sequencer) => sequencer.onApplicationShutdown()));
      start(); // simulates a restart
      await write(1);
      await signed();
      await expectSound();
      expect(second.health.faults).toEqual([]);
    },
  );

  it('sets aside a checkpoint of such a leader that follows newer ones', async () => {
    await write(5);
    start();
    await signed();
    const held = holdNext(LedgerWriter.prototype, 'publish');
    await write(3);
    await held.reached;
    // a checkpoint is recorded once it is in the ledger
    const { rows } = await client.query<{ size: number }>('SELECT max(size)::int AS size FROM audit.checkpoint');
    expect(rows).toEqual([{ size: 5 }]);
    await endSessionOfLeader();
    start();
    await signed();
    await write(4);
    await signed();
    held.open();
    await held.ended;
    await expectSound();
  });

  it('leaves a torn line of an earlier leader where it is', async () => {
    await write(5);
    const { sequencer } = start();
    await signed();
    await sequencer.onApplicationShutdown();
    const [file] = segmentFiles(log.ledger.folder, 'entries');
    appendFileSync(file!, '{"id":"cut o');
    const torn = readFileSync(file!);
    start();
    await write(3);
    await signed();
    await expectSound();
    expect(await linesSetAside(log.ledger)).toBe(1);
    expect(readFileSync(file!)).toEqual(torn);
  });

  it('continues after a ledger of an earlier version, which stays unchanged', async () => {
    await write(300);
    const { sequencer } = start();
    await signed();
    await sequencer.onApplicationShutdown();
    asOldLedger(log.ledger.folder);
    await expectSound();
    const old = [oldEntryFile, oldCheckpointFile].map((file) => readFileSync(file(log.ledger.folder)));
    start();
    await write(200);
    await signed();
    await expectSound();
    expect([oldEntryFile, oldCheckpointFile].map((file) => readFileSync(file(log.ledger.folder)))).toEqual(old);
  });

  it('starts with an epoch above those of the ledger, even if the database has lost them', async () => {
    await write(2);
    const { sequencer } = start();
    await signed();
    await sequencer.onApplicationShutdown();
    await client.query('ALTER TABLE audit.epoch DISABLE TRIGGER ALL; DELETE FROM audit.epoch');
    start();
    await write(2);
    await signed();
    await expectSound();
    const session = await SequencerSession.open(database.as('lethe_sequencer'));
    expect([await session.takeEpoch(70), await session.takeEpoch(3)]).toEqual([71, 72]);
    await session.close();
  });

  it('leaves no empty files when there is nothing to write', async () => {
    await write(2);
    const rounds = jest.spyOn(CheckpointExport.prototype, 'bringUpToDate');
    for (let round = 0; round < 3; round++) {
      rounds.mockClear();
      const { sequencer } = start();
      await signed();
      await until('there was nothing to write', () => rounds.mock.calls.some(([{ entries }]) => entries.length === 0));
      await sequencer.onApplicationShutdown();
    }
    rounds.mockRestore();
    const segments = (await log.ledger.segments()).filter(({ epoch }) => epoch > 0);
    expect(segments.map(({ epoch, kind }) => `${epoch} ${kind}`)).toEqual(['1 entries', '1 checkpoints']);
  });

  it('allows a leader to append to its own epoch only', async () => {
    await write(2);
    const { sequencer } = start();
    await signed();
    await sequencer.onApplicationShutdown();
    const writer = await LedgerWriter.begin(log.ledger, 7);
    await expect(LedgerWriter.begin(log.ledger, 7)).rejects.toMatchObject({ code: 'LEDGER_TAKEN_OVER' });
    await expect(LedgerWriter.begin(log.ledger, 6)).rejects.toMatchObject({ code: 'LEDGER_TAKEN_OVER' });
    await writer.append(['{"id":"x"}']);
    const later = await LedgerWriter.begin(log.ledger, 8);
    await expect(writer.append(['{"id":"y"}'])).rejects.toMatchObject({ code: 'LEDGER_TAKEN_OVER' });
    await expect(writer.publish('x')).rejects.toMatchObject({ code: 'LEDGER_TAKEN_OVER' });
    // later writes of the first leader do not count, although the later one wrote no entry
    await later.publish('x');
    await later.close();
    await writer.close();
    appendFileSync(segmentFiles(log.ledger.folder, 'entries').at(-1)!, '{"id":"late"}\n');
    expect(await sizeOf(log.ledger)).toBe(later.size);
  });

  it('does not let a process lead if the ledger has changed during the hand-over', async () => {
    const checks = [true, false];
    const gate = { check: () => Promise.resolve(checks.shift()!) } as unknown as LedgerGate;
    const session = await SequencerSession.open(database.as('lethe_sequencer'));
    try {
      expect(await session.isLeader()).toBe(true);
      expect(await new CheckpointExports(gate, log.ledger, log.keys).begin(session)).toBeNull();
      expect(checks).toEqual([]);
    } finally {
      await session.close();
    }
  });

  it('returns from a write only after the data is on disk', async () => {
    const writer = await LedgerWriter.begin(log.ledger, 1);
    const steps: string[] = [];
    const files = await fileHandles();
    for (const method of ['appendFile', 'datasync'] as const) {
      const original = Reflect.get(files, method) as (...parameters: unknown[]) => Promise<void>;
      jest.spyOn(files, method).mockImplementation(async function (this: FileHandle, ...parameters: unknown[]) {
        await original.apply(this, parameters);
        steps.push(method);
      });
    }
    await writer.append(['{"id":"x"}']);
    await writer.publish('x');
    expect(steps).toEqual(['appendFile', 'datasync', 'appendFile', 'datasync']);
    await writer.close();
  });

  describe('of an earlier version, whose leaders shared their files', () => {
    let health: HealthSignals;

    beforeEach(async () => {
      for (const count of [5, 4, 3]) {
        await write(count);
        const { sequencer } = start();
        await signed();
        await sequencer.onApplicationShutdown();
      }
      asOldLedger(log.ledger.folder);
      await expectSound();
    });

    const linesOf = (path: string) => readFileSync(path, 'utf8').trimEnd().split('\n');
    const append = (path: string, ...lines: (string | undefined)[]) =>
      appendFileSync(path, lines.map((line) => `${line}\n`).join(''));

    async function repair(): Promise<number> {
      const dataSource = await createDataSource(database.as('lethe_app'), [], 2).initialize();
      try {
        const transaction = new TransactionRunner(dataSource);
        const audit = new AuditLog(transaction, new Clock(config));
        const rebuild = new LedgerRebuild(database, log.ledger, log.keys, (entry) =>
          transaction.run(() => audit.record(entry)),
        );
        return await rebuild.repair(log.anchor().doubled);
      } finally {
        await dataSource.destroy();
      }
    }

    it.each<[string, (entries: string, checkpoints: string) => void]>([
      ['the last entry is duplicated', (entries) => append(entries, linesOf(entries).at(-1))],
      [
        'entries are duplicated and followed by others',
        (entries) => {
          const lines = linesOf(entries);
          writeFileSync(entries, [...lines.slice(0, 9), ...lines.slice(6), ''].join('\n'));
        },
      ],
      ['entries are duplicated and torn', (entries) => append(entries, '{"id":"to', ...linesOf(entries).slice(-4))],
      [
        'entries and an older checkpoint come after newer ones',
        (entries, checkpoints) => {
          append(entries, ...linesOf(entries).slice(-3));
          append(checkpoints, linesOf(checkpoints).at(-2));
        },
      ],
      [
        'an older checkpoint comes after a newer one',
        (_, checkpoints) => append(checkpoints, linesOf(checkpoints).at(-2)),
      ],
    ])('is distinguished from a forgery and repaired when %s', async (_, damage) => {
      const files = [oldEntryFile(log.ledger.folder), oldCheckpointFile(log.ledger.folder)] as const;
      damage(...files);
      const damaged = files.map((file) => readFileSync(file));
      expect(await log.anchor().compare()).toBe('LEDGER_DOUBLED');
      ({ health } = start());
      await until('nobody writes', () => health.faults.includes('LEDGER_DOUBLED'));

      expect(await repair()).toBe(13);
      await expectSound();
      expect(JSON.parse((await stored())[12]!)).toMatchObject({ action: 'LEDGER_REBUILT' });
      expect(files.map((file) => readFileSync(file))).toEqual(damaged); // the evidence is kept
      expect(await linesSetAside(log.ledger)).toBeGreaterThan(0);
      await until('the product serves', () => health.faults.length === 0);
      await write(2);
      await signed();
      await expectSound();
    });

    it.each<[string, string, (entries: string, checkpoints: string) => void]>([
      [
        'an entry missing from the database',
        'DATABASE_BEHIND_LEDGER',
        (entries) => append(entries, linesOf(entries).at(-1), JSON.stringify({ id: v7() })),
      ],
      [
        'a changed duplicate of an entry',
        'DATABASE_BEHIND_LEDGER',
        (entries) => append(entries, linesOf(entries).at(-1)!.replace('occurredAt', 'occurredIn')),
      ],
      [
        'a checkpoint over missing entries',
        'DATABASE_BEHIND_LEDGER',
        (entries, checkpoints) => {
          const checkpoint = { origin: log.keys.origin, size: 20, root: EMPTY_ROOT };
          append(entries, linesOf(entries).at(-1));
          append(checkpoints, JSON.stringify(signCheckpoint(checkpoint, log.keys.signers)));
        },
      ],
      [
        'its newest checkpoint lost',
        'DATABASE_BEHIND_LEDGER',
        (entries, checkpoints) => {
          append(entries, linesOf(entries).at(-1));
          writeFileSync(checkpoints, [...linesOf(checkpoints).slice(0, -1), ''].join('\n'));
        },
      ],
      [
        'a checkpoint under another name',
        'LEDGER_FORGED',
        (entries, checkpoints) => {
          append(entries, linesOf(entries).at(-1));
          append(checkpoints, linesOf(checkpoints).at(-1)!.replace('lethe.audit/', 'lethe.other/'));
        },
      ],
    ])('is not taken for a doubled ledger with %s', async (_, fault, damage) => {
      damage(oldEntryFile(log.ledger.folder), oldCheckpointFile(log.ledger.folder));
      expect(await log.anchor().compare()).toBe(fault);
      const before = `${log.ledger.folder}-before`;
      cpSync(log.ledger.folder, before, { recursive: true });
      await expect(repair()).rejects.toMatchObject({ code: 'LEDGER_NOT_DOUBLED' });
      expect(readFileSync(oldEntryFile(log.ledger.folder))).toEqual(readFileSync(oldEntryFile(before)));
    });
  });
});
